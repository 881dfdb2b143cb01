import type { RequestHead } from "../../../model/exchange.ts";
import type { Specification } from "../../../specifications/specification.ts";
import { createEndpointMatcher, type EndpointMatcher } from "../../endpoint-matcher.ts";
import { isHostMatch, tryParseEndpointPattern } from "../../endpoint-pattern.ts";
import { matchingSegmentsOf } from "../../matching-path.ts";
import { DescribedApi } from "./described-api.ts";
import type { CalledOperation } from "./request-checks.ts";

/** What the descriptions make of a request's host, path and method. */
export type Lookup =
  | { readonly kind: "operation"; readonly called: CalledOperation }
  /** The path is described, the method is not. */
  | {
      readonly kind: "unknown-method";
      readonly api: DescribedApi;
      readonly allowed: readonly string[];
    }
  | { readonly kind: "unknown-path"; readonly api: DescribedApi }
  /** No description speaks of this part of this host. */
  | { readonly kind: "outside" };

interface PathEntry {
  readonly template: string;
  readonly between: readonly { readonly at: number; readonly text: string }[];
  readonly pointers: Map<string, readonly string[]>;
}

interface IndexedApi {
  readonly api: DescribedApi;
  readonly hosts: readonly string[];
  readonly basePaths: readonly (readonly string[])[];
  readonly matcher: EndpointMatcher<PathEntry>;
}

const outside: Lookup = { kind: "outside" };

/** Finds the operation of a request among all descriptions; a lookup costs the path's length. */
export class ContractIndex {
  readonly #given: readonly IndexedApi[];
  readonly #learned: readonly IndexedApi[];
  readonly #namedHosts: readonly string[];

  constructor(given: readonly Specification[], learned: readonly Specification[]) {
    this.#given = given.flatMap((specification) => indexed(specification, false));
    this.#learned = learned.flatMap((specification) => indexed(specification, true));
    this.#namedHosts = this.#given.flatMap(({ hosts }) => hosts);
  }

  get isEmpty(): boolean {
    return this.#given.length === 0 && this.#learned.length === 0;
  }

  find(head: RequestHead): Lookup {
    const authority = head.authority.toLowerCase();
    const given = this.#findAmong(
      this.#given.filter((api) => this.#isFor(api, authority)),
      head,
    );
    if (given.kind === "operation" || this.#learned.length === 0) return given;
    const learned = this.#findAmong(
      this.#learned.filter(({ hosts }) => hosts.includes(authority)),
      head,
    );
    return learned.kind === "operation" ? learned : given;
  }

  /** Staging and localhost serve what a description says of production. */
  #isFor({ hosts }: IndexedApi, authority: string): boolean {
    if (hosts.length === 0 || hosts.some((host) => isHostMatch(host, authority))) return true;
    return !this.#namedHosts.some((host) => isHostMatch(host, authority));
  }

  #findAmong(apis: readonly IndexedApi[], head: RequestHead): Lookup {
    const segments = matchingSegmentsOf(head.path);
    let best: Lookup = outside;
    for (const entry of apis) {
      const found = findIn(entry, head, segments);
      if (found.kind === "operation") return found;
      if (found.kind === "unknown-method") best = found;
      else if (best.kind === "outside") best = found;
    }
    return best;
  }
}

function findIn(entry: IndexedApi, head: RequestHead, segments: readonly string[]): Lookup {
  const { api, matcher, basePaths } = entry;
  const found = matcher.match(head.method, "*", segments);
  // A matrix parameter that fills its segment alone (`/;id=5`) is nothing where it is cut off.
  const paths = found.length > 0 ? found : matcher.match(head.method, "*", writtenOf(head.path));
  if (paths.length === 0) {
    const isBelow = basePaths.some((base) => base.every((part, at) => segments[at] === part));
    return isBelow && !api.isLearned ? { kind: "unknown-path", api } : outside;
  }
  for (const path of fittingFirst(paths, segments)) {
    const pointer = pointerFor(path, head);
    const description = pointer === undefined ? undefined : api.operation(pointer);
    if (description === undefined) continue;
    const pathValues = pathValuesOf(path.template, head.path, segments);
    return { kind: "operation", called: { api, description, pathValues } };
  }
  const allowed = [...new Set(paths.flatMap(({ pointers }) => [...pointers.keys()]))];
  return isPreflight(head) ? outside : { kind: "unknown-method", api, allowed };
}

/** Of `{index}.{type}` and `{index}`, which fill the same place, the one whose text between fits. */
function fittingFirst(
  paths: readonly PathEntry[],
  segments: readonly string[],
): readonly PathEntry[] {
  if (!paths.some(({ between }) => between.length > 0)) return paths;
  const fits = paths.filter(({ between }) =>
    between.every(({ at, text }) => segments[at]?.includes(text) === true),
  );
  const isSpecial = ({ between }: PathEntry): number => (between.length > 0 ? 0 : 1);
  return fits.toSorted((left, right) => isSpecial(left) - isSpecial(right));
}

/** What stands between two parameters of one segment. */
function textsBetween(template: string): PathEntry["between"] {
  return partsOf(template).flatMap((part, at) =>
    part
      .split(/\{[^{}]*\}/)
      .slice(1, -1)
      .filter((text) => text !== "")
      .map((text) => ({ at, text })),
  );
}

function partsOf(template: string): readonly string[] {
  return template.split("/").filter((part) => part !== "");
}

/** What answers GET answers HEAD (RFC 9110, section 9.3.2). */
function pointerFor(
  { pointers }: PathEntry,
  { method }: RequestHead,
): readonly string[] | undefined {
  const name = method.toUpperCase();
  return pointers.get(name) ?? (name === "HEAD" ? pointers.get("GET") : undefined);
}

function isPreflight({ method, headers }: RequestHead): boolean {
  if (method !== "OPTIONS") return false;
  return headers.some(([name]) => name === "access-control-request-method");
}

function indexed(specification: Specification, isLearned: boolean): readonly IndexedApi[] {
  const { document, operations, hosts } = specification;
  if (document?.format !== "openapi") return [];
  const entries = new Map<string, PathEntry>();
  const bases = new Set<string>();
  for (const { method, path, pointer } of operations) {
    if (pointer === undefined) continue;
    const entry = entries.get(path) ?? {
      template: path,
      between: textsBetween(path),
      pointers: new Map(),
    };
    entry.pointers.set(method, pointer);
    entries.set(path, entry);
    bases.add(path.slice(0, path.length - (pointer[1]?.length ?? path.length)));
  }
  const patterns = [...entries.values()].flatMap((entry) => {
    const pattern = tryParseEndpointPattern(`* *${entry.template.replaceAll(" ", "%20")}`);
    return pattern === undefined ? [] : [{ pattern, entry }];
  });
  return [
    {
      api: new DescribedApi(specification, document.root, { isLearned }),
      hosts: hosts.map((host) => host.toLowerCase()),
      basePaths: [...bases].map(matchingSegmentsOf),
      matcher: createEndpointMatcher(patterns),
    },
  ];
}

/** The values of `{parameters}` that fill a segment, with what stands around them cut off. */
function pathValuesOf(
  template: string,
  path: string,
  segments: readonly string[],
): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  const parts = partsOf(template);
  const written = writtenOf(path);
  const isWritten = written.length === parts.length;
  for (const [at, part] of parts.entries()) {
    const open = part.indexOf("{");
    const close = part.indexOf("}");
    if (open < 0 || close !== part.lastIndexOf("}")) continue;
    const segment = (isWritten ? written[at] : segments[at]) ?? "";
    const end = segment.length - (part.length - close - 1);
    values.set(part.slice(open + 1, close), segment.slice(open, end));
  }
  return values;
}

/** The segments of a path with a `;`, decoded, parameters kept; none of another. */
function writtenOf(path: string): readonly string[] {
  if (!path.includes(";")) return [];
  return partsOf(path).map(decoded);
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
