import type { DocumentedOperation, Specification } from "../specifications/specification.ts";
import type { DocumentedSegment } from "./paths/path-trie.ts";
import { extendedSlotKey, slotKeyOf } from "./paths/slot-keys.ts";
import { shapeOf } from "./paths/template-shape.ts";

/** What specifications say about one host. */
export class DocumentedOperations {
  readonly #operations = new Map<string, DocumentedOperation>();
  /** Places where operations are told apart by more than method and path. */
  readonly #sharedPlaces = new Set<string>();

  add(documented: DocumentedOperation): void {
    const { method, path, operation, isAnywhere } = documented;
    const place = isAnywhere === true ? "" : `${method} ${shapeOf(path)}`;
    if (operation !== undefined) this.#sharedPlaces.add(place);
    this.#operations.set(keyOf(place, operation), documented);
  }

  clear(): void {
    this.#operations.clear();
    this.#sharedPlaces.clear();
  }

  find(method: string, template: string, operation?: string): DocumentedOperation | undefined {
    const place = `${method} ${shapeOf(template)}`;
    if (operation === undefined) return this.#operations.get(place);
    const named = this.#operations.get(keyOf(place, operation));
    if (named !== undefined) return named;
    // A schema without a place speaks of these operations wherever they are served.
    const anywhere = this.#operations.get(keyOf("", operation));
    if (anywhere !== undefined) return anywhere;
    // What documents the place alone, as OpenAPI does of GraphQL, documents all that happens there.
    const isShared = this.#sharedPlaces.has(place) || this.#sharedPlaces.has("");
    return isShared ? undefined : this.#operations.get(place);
  }

  get size(): number {
    return this.#operations.size;
  }

  all(): Iterable<DocumentedOperation> {
    return this.#operations.values();
  }
}

function keyOf(place: string, operation: string | undefined): string {
  return operation === undefined ? place : `${place} ${operation}`;
}

/** Specifications that speak about a host: those that name it, and those that name none that was seen. */
export function specificationsFor(
  host: string,
  specifications: readonly Specification[],
  seenHosts: ReadonlySet<string>,
): readonly Specification[] {
  return specifications.filter(({ hosts }) => {
    if (hosts.length === 0 || hosts.includes(host)) return true;
    // Staging and localhost serve what the specification says of production.
    return !hosts.some((named) => seenHosts.has(named));
  });
}

/** `/users/{id}.json` as the trie wants it. */
export function documentedSegmentsOf(path: string): readonly DocumentedSegment[] {
  return path
    .split("/")
    .filter((part) => part !== "")
    .map((part) => {
      const open = part.indexOf("{");
      const close = part.lastIndexOf("}");
      if (open < 0 || close < open) return { text: decoded(part) };
      const name = part.slice(open + 1, close);
      if (open === 0 && /^[^{}]+\}\.\{[^{}]+$/.test(name)) return { name, slot: extendedSlotKey };
      // Two parameters in one segment (`{base}...{head}`) are one value with a long name.
      return {
        name,
        slot: slotKeyOf(part.slice(0, open), part.slice(close + 1)),
      };
    });
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
