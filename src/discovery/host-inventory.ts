import type { TemplatePin } from "../model/template-pin.ts";
import type { DocumentedOperation, Specification } from "../specifications/specification.ts";
import { DocumentedOperations, documentedSegmentsOf } from "./documented-operations.ts";
import {
  type EndpointEntry,
  type EndpointIdentity,
  endpointIdOf,
  identityKeyOf,
  mergeEntries,
} from "./endpoint-entry.ts";
import { HostPaths, type HostPathsLimits } from "./paths/host-paths.ts";
import type { PathNode } from "./paths/path-trie.ts";
import type { PathPlace } from "./paths/path-view.ts";
import { pinTreeOf } from "./paths/pin-tree.ts";
import { isWebAsset } from "./paths/segment-lexis.ts";
import { type PathSegments, segmentsOf } from "./paths/segments.ts";
import { shapeOf } from "./paths/template-shape.ts";

export interface AskedPath {
  readonly method: string;
  /** Raw, as on the wire. */
  readonly path: string;
  readonly operation?: string | undefined;
}

/** Where a path leads by the current decision about parameters. */
export interface FoundPlace {
  readonly template: string;
  /** Decoded, without what stands behind a value. */
  readonly segments: readonly string[];
  /** Those of them that are values of parameters, in order. */
  readonly values: readonly string[];
  readonly isWebAsset: boolean;
  /** A person named one of its parameters. */
  readonly isNamed: boolean;
  /** Calls that ended here, by method, as of the last decision. */
  readonly ends: PathPlace["ends"];
}

/** The endpoints of one host and the URL space they stand in. */
export class HostInventory {
  readonly documented: DocumentedOperations = new DocumentedOperations();
  readonly #name: string;
  readonly #paths: HostPaths;
  readonly #entries = new Map<string, EndpointEntry>();
  readonly #specifications = new Set<Specification>();
  #isUnsaved = false;

  constructor(name: string, limits: HostPathsLimits) {
    this.#name = name;
    this.#paths = new HostPaths(limits);
  }

  get isDue(): boolean {
    return this.#paths.isDue;
  }

  get isStale(): boolean {
    return this.#paths.isStale;
  }

  observe(path: string, method: string): void {
    const segments = segmentsOf(path);
    if (segments !== undefined && this.#paths.observe(segments, method) === "new")
      this.#isUnsaved = true;
  }

  /** The place of a path, made when it is new. */
  place(path: string): FoundPlace | undefined {
    const segments = segmentsOf(path);
    return segments === undefined ? undefined : this.#place(segments, true);
  }

  get(identity: EndpointIdentity): EndpointEntry | undefined {
    return this.#entries.get(identityKeyOf(identity));
  }

  find({ method, path, operation }: AskedPath): FoundEntry | undefined {
    const segments = segmentsOf(path);
    const place = segments === undefined ? undefined : this.#place(segments, false);
    if (place === undefined) return undefined;
    const entry = this.get({ method, host: this.#name, template: place.template, operation });
    return entry === undefined ? undefined : { entry, place };
  }

  add(entry: EndpointEntry): void {
    this.#entries.set(identityKeyOf(entry), entry);
  }

  /** Forgets an endpoint and that its path was ever seen. */
  remove(entry: EndpointEntry): void {
    this.#entries.delete(identityKeyOf(entry));
    const segments = segmentsOf(entry.samplePath);
    if (segments === undefined) return;
    this.#paths.forget(segments, entry.method);
    this.#isUnsaved = true;
  }

  /** Documented operations that no call was seen of. */
  uncalled(): readonly DocumentedOperation[] {
    const called = new Set(
      [...this.#entries.values()].map(({ method, template, operation }) =>
        this.documented.find(method, template, operation),
      ),
    );
    return [...this.documented.all()].filter((documented) => !called.has(documented));
  }

  /** Takes specifications as ground truth; tells whether there was a new one. */
  document(specifications: readonly Specification[]): boolean {
    const added = specifications.filter(
      (specification) => !this.#specifications.has(specification),
    );
    for (const specification of added) {
      this.#specifications.add(specification);
      for (const operation of specification.operations) {
        this.documented.add(operation);
        if (operation.isAnywhere === true) continue;
        this.#paths.document(documentedSegmentsOf(operation.path), operation.method);
      }
    }
    return added.length > 0;
  }

  /** Forgets what specifications said, to be told anew. */
  undocument(): void {
    this.documented.clear();
    this.#specifications.clear();
    this.#paths.undocument();
    this.#isUnsaved = true;
  }

  /**
   * Decides anew what are parameters. Endpoints that turn out to be one are joined; tells which
   * ids went up in which endpoint, if in any.
   */
  refresh(): readonly { readonly from: string; readonly into: EndpointEntry | undefined }[] {
    this.#paths.refresh();
    const moved: { from: string; into: EndpointEntry | undefined }[] = [];
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    for (const entry of entries) {
      const before = entry.id;
      const into = this.#resettle(entry);
      if (into?.id !== before) moved.push({ from: before, into });
    }
    return moved;
  }

  restore(root: PathNode): void {
    this.#paths.restore(root);
  }

  /** Takes over everything of another host that serves the same. */
  absorb(other: HostInventory): void {
    this.#paths.restore(other.#paths.root);
    this.#isUnsaved = true;
  }

  /** Puts what people decided over what is learned; the caller refreshes. */
  pin(pins: readonly TemplatePin[]): void {
    this.#paths.pin(pinTreeOf(pins));
  }

  entries(): readonly EndpointEntry[] {
    return [...this.#entries.values()];
  }

  wayOf(template: string): readonly PathPlace[] {
    return this.#paths.wayOf(template);
  }

  /** The URL space, when it changed since the last call. */
  takeUnsaved(): PathNode | undefined {
    if (!this.#isUnsaved) return undefined;
    this.#isUnsaved = false;
    return this.#paths.root;
  }

  /** Puts an endpoint where its path leads now; nowhere when it turned out to be a file of a page. */
  #resettle(entry: EndpointEntry): EndpointEntry | undefined {
    const place = this.#settledPlace(entry);
    if (place?.isWebAsset === true) return undefined;
    if (place !== undefined) {
      entry.template = place.template;
      entry.isNamed = place.isNamed;
      const end = place.ends.get(entry.method);
      entry.hasSlash = end !== undefined && end.slashed * 2 > end.calls;
    }
    const key = identityKeyOf(entry);
    const known = this.#entries.get(key);
    if (known !== undefined) {
      mergeEntries(known, entry);
      return known;
    }
    entry.id = endpointIdOf(entry);
    this.#entries.set(key, entry);
    return entry;
  }

  /** Where the endpoint's path leads; when that is elsewhere now, another path may still lead home. */
  #settledPlace(entry: EndpointEntry): FoundPlace | undefined {
    const place = this.place(entry.samplePath);
    const { otherPath } = entry;
    if (otherPath === undefined || place === undefined) return place;
    const home = shapeOf(entry.template);
    if (shapeOf(place.template) === home) return place;
    const other = this.place(otherPath);
    if (other === undefined || shapeOf(other.template) !== home) return place;
    entry.otherPath = entry.samplePath;
    entry.samplePath = otherPath;
    return other;
  }

  #place(segments: PathSegments, grow: boolean): FoundPlace | undefined {
    const match = this.#paths.find(segments, grow);
    if (match === undefined) return undefined;
    const { place, values } = match;
    const template = place.template === "" ? "/" : place.template;
    const last = segments.segments.at(-1)?.text ?? "";
    return {
      template,
      segments: segments.segments.map(({ stem }) => stem),
      values,
      ends: place.ends,
      isNamed: place.isNamed,
      isWebAsset: !place.documented && isAsset(template, last),
    };
  }
}

export interface FoundEntry {
  readonly entry: EndpointEntry;
  readonly place: FoundPlace;
}

/** Pictures below a value (`/users/7/avatar.png`) come from an API; scripts and styles never do. */
function isAsset(template: string, last: string): boolean {
  if (template.endsWith("}") || !isWebAsset(last)) return false;
  return !template.includes("{") || !/\.(?:png|jpe?g|gif|webp|avif|svg)$/i.test(last);
}
