import { isRecord } from "../model/is-record.ts";
import type { DocumentedOperation, DocumentedParameter, Specification } from "./specification.ts";
import type { SpecificationText } from "./specification-text.ts";

type JsonObject = Readonly<Record<string, unknown>>;

const depthMax = 32;
const replacementsMax = 8;

/** Whether JSON is a Postman collection, maybe wrapped as Postman's own API does it. */
export function isPostmanCollection(root: unknown): boolean {
  const collection = collectionOf(root);
  return isRecord(collection) && isRecord(collection["info"]) && Array.isArray(collection["item"]);
}

/** Reads the requests of a Postman collection (2.0, 2.1) as documented operations. Throws ERR_SPECIFICATION_INVALID. */
export function readPostmanCollection(text: SpecificationText): Specification {
  const { source, root } = text;
  const collection = collectionOf(root);
  if (!isRecord(collection) || !isRecord(collection["info"]))
    throw text.invalid([], "not a Postman collection");
  const reader = new CollectionReader(text, variablesOf(collection["variable"]));
  const at = collection === root ? [] : ["collection"];
  reader.visit(collection["item"], collection["auth"], [...at, "item"]);
  return {
    source,
    title: String(collection["info"]["name"] ?? source),
    version: "",
    hosts: [...reader.hosts],
    operations: [...reader.operations.values()],
  };
}

class CollectionReader {
  readonly hosts = new Set<string>();
  readonly operations = new Map<string, DocumentedOperation>();
  readonly #text: SpecificationText;
  readonly #variables: ReadonlyMap<string, string>;

  constructor(text: SpecificationText, variables: ReadonlyMap<string, string>) {
    this.#text = text;
    this.#variables = variables;
  }

  visit(items: unknown, auth: unknown, pointer: readonly string[]): void {
    if (!Array.isArray(items)) throw this.#text.invalid(pointer, "not a list");
    for (const [at, item] of items.entries()) {
      const here = [...pointer, String(at)];
      if (!isRecord(item)) throw this.#text.invalid(here, "not an object");
      const ownAuth = item["auth"] ?? auth;
      if (item["item"] !== undefined && here.length < 2 * depthMax)
        this.visit(item["item"], ownAuth, [...here, "item"]);
      else this.#add(item["request"], ownAuth, [...here, "request"]);
    }
  }

  #add(value: unknown, auth: unknown, pointer: readonly string[]): void {
    const request: JsonObject = isRecord(value) ? value : { url: value };
    const { url } = request;
    const raw = isRecord(url) ? url["raw"] : url;
    // A request that was only begun has none.
    if (raw === undefined || raw === "") return;
    if (typeof raw !== "string") throw this.#text.invalid([...pointer, "url"], "not a URL");
    const place = placeOf(replaced(raw, this.#variables));
    if (place.host !== undefined) this.hosts.add(place.host);
    const method = String(request["method"] ?? "GET").toUpperCase();
    this.operations.set(`${method} ${place.path}`, {
      method,
      path: place.path,
      deprecated: false,
      ...securedOf(request["auth"] ?? auth),
      parameters: [...pathParametersOf(place.path), ...queryParametersOf(url, raw)],
    });
  }
}

function collectionOf(root: unknown): unknown {
  return isRecord(root) && isRecord(root["collection"]) ? root["collection"] : root;
}

function securedOf(auth: unknown): Pick<DocumentedOperation, "secured"> {
  if (!isRecord(auth)) return {};
  return { secured: auth["type"] !== "noauth" };
}

const identifier = /^(?:\d+|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i;

/** The host if it is known, and the path with `:id`, `{{id}}` and plain identifiers as parameters. */
function placeOf(url: string): { readonly host: string | undefined; readonly path: string } {
  const bare = (url.split(/[?#]/, 1)[0] ?? "").replace(/^https?:\/\//i, "");
  const slash = bare.indexOf("/");
  const authority = (slash < 0 ? bare : bare.slice(0, slash)).toLowerCase();
  const segments = (slash < 0 ? "" : bare.slice(slash + 1)).split("/").map((segment) => {
    const name = /^:([\w-]+)$/.exec(segment)?.[1] ?? /^\{\{\s*([\w.-]+)\s*\}\}$/.exec(segment)?.[1];
    if (name !== undefined) return `{${name}}`;
    return identifier.test(segment) ? "{id}" : segment;
  });
  const isHost = /^[\w.-]+(?::\d+)?$/.test(authority) && authority !== "";
  return { host: isHost ? authority : undefined, path: `/${segments.join("/")}` };
}

function pathParametersOf(path: string): readonly DocumentedParameter[] {
  return [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name = ""]) => ({
    in: "path",
    name,
    required: true,
    type: "string",
  }));
}

function queryParametersOf(url: unknown, raw: string): readonly DocumentedParameter[] {
  const listed = isRecord(url) && Array.isArray(url["query"]) ? url["query"] : undefined;
  const names = listed?.flatMap((pair: unknown) =>
    isRecord(pair) && typeof pair["key"] === "string" ? [pair["key"]] : [],
  ) ?? [...new URLSearchParams(raw.split("#", 1)[0]?.split("?")[1] ?? "").keys()];
  return [...new Set(names)].map((name) => ({
    in: "query",
    name,
    required: false,
    type: "string",
  }));
}

function variablesOf(list: unknown): ReadonlyMap<string, string> {
  const pairs = (Array.isArray(list) ? list : []).flatMap(
    (variable: unknown): [string, string][] => {
      if (!isRecord(variable)) return [];
      const { key, value } = variable;
      return typeof key === "string" && typeof value === "string" && value !== ""
        ? [[key, value]]
        : [];
    },
  );
  return new Map(pairs);
}

function replaced(text: string, variables: ReadonlyMap<string, string>): string {
  let current = text;
  for (let round = 0; round < replacementsMax && current.includes("{{"); round += 1) {
    const next = current.replace(
      /\{\{([^{}]{1,128})\}\}/g,
      (all, name: string) => variables.get(name.trim()) ?? all,
    );
    if (next === current || next.length > 65_536) break;
    current = next;
  }
  return current;
}
