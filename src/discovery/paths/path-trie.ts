import { addFamily, type Family, familyKey, familyOfOne } from "./candidate-families.ts";
import type { SegmentReader } from "./segment-reader.ts";
import type { SegmentType } from "./segment-type.ts";
import type { PathSegments, Segment } from "./segments.ts";

/** What passed through one place of the URL space. Only counts; what was learned of endpoints lives elsewhere. */
export interface PathNode {
  /** Segments that may be literals or values, by their text. */
  readonly literals: Map<string, PathNode>;
  /** Places that take values, by the key of `slotKeyOf`. */
  readonly slots: Map<string, PathNode>;
  /** Calls that ended here, by method. */
  readonly ends: Map<string, End>;
  /** On a slot: how many values were of each form. */
  readonly types: Map<SegmentType | "word", number>;
  /** On a slot: families of the segments that were folded into it. */
  readonly folded: Map<string, Family>;
  calls: number;
  /** Set by a specification: the parameter's name on a slot, the text itself on a literal. */
  documented?: string;
}

interface End {
  calls: number;
  /** Calls with a slash at the end. */
  slashed: number;
}

export interface PathTrieLimits {
  readonly nodesMax: number;
  readonly methodsMax: number;
}

/**
 * Counts paths segment by segment. Values known by their form share a slot at once; every other
 * segment keeps a node of its own until it is folded into a slot, so nothing depends on the order.
 */
export class PathTrie {
  readonly root: PathNode = createPathNode();
  readonly #limits: PathTrieLimits;
  #nodes = 1;

  constructor(limits: PathTrieLimits) {
    this.#limits = limits;
  }

  get nodes(): number {
    return this.#nodes;
  }

  get isFull(): boolean {
    return this.#nodes >= this.#limits.nodesMax;
  }

  /** Counts a path; tells whether a place or method was new. A full trie takes no new places. */
  observe(path: PathSegments, method: string, calls = 1): "known" | "new" | "full" {
    let node = this.root;
    let isNew = false;
    for (let at = 0; at < path.segments.length; at += 1) {
      const segment = path.segments[at] as Segment;
      const known = childOf(node, segment, isVersionLike(segment, at, path));
      const next = known ?? this.#grow(node, segment, isVersionLike(segment, at, path));
      if (next === undefined) return "full";
      isNew ||= known === undefined;
      next.calls += calls;
      node = next;
    }
    return this.#end(node, method, calls, path.trailingSlash) || isNew ? "new" : "known";
  }

  /** Takes a path back, with all that nothing else leads through. */
  forget(path: PathSegments, method: string): void {
    const way: (readonly [Map<string, PathNode>, string, PathNode])[] = [];
    let node = this.root;
    for (const [at, segment] of path.segments.entries()) {
      const isLiteral = node.literals.has(segment.text);
      const children = isLiteral || isVersionLike(segment, at, path) ? node.literals : node.slots;
      const key = isLiteral ? segment.text : segment.suffix;
      const next = children.get(key);
      if (next === undefined) return;
      way.push([children, key, next]);
      node = next;
    }
    const calls = node.ends.get(method)?.calls ?? 0;
    node.ends.delete(method);
    for (const [children, key, child] of way.toReversed()) {
      child.calls -= calls;
      if (child.calls <= 0 && child.documented === undefined) children.delete(key);
    }
    this.#nodes = countNodes(this.root);
  }

  /** Enters a template of a specification as ground truth. */
  document(template: readonly DocumentedSegment[], method: string): void {
    let node = this.root;
    for (const segment of template) {
      const children = segment.name === undefined ? node.literals : node.slots;
      const key = segment.name === undefined ? segment.text : segment.slot;
      const next = children.get(key) ?? createPathNode();
      if (!children.has(key)) this.#nodes += 1;
      children.set(key, next);
      next.documented ??= segment.name ?? segment.text;
      node = next;
    }
    if (!node.ends.has(method)) node.ends.set(method, { calls: 0, slashed: 0 });
  }

  /** Takes back everything that specifications entered. */
  undocument(): void {
    undocument(this.root);
    this.#nodes = countNodes(this.root);
  }

  /** Makes segments for good values of the slot beside them; only how they were written is kept. */
  fold(node: PathNode, tokens: Iterable<string>, suffix: string, read: SegmentReader): void {
    for (const token of tokens) {
      const child = node.literals.get(token);
      if (child === undefined || child.documented !== undefined) continue;
      node.literals.delete(token);
      const slot = node.slots.get(suffix) ?? createPathNode();
      node.slots.set(suffix, slot);
      slot.types.set("word", (slot.types.get("word") ?? 0) + child.calls);
      const { suffix: own, lexis } = read(token);
      addFamily(slot.folded, familyKey(own, lexis.family), familyOfOne(lexis, child.calls));
      mergePathNode(slot, child);
    }
  }

  /** Counts the places anew after some were folded. */
  recount(): void {
    this.#nodes = countNodes(this.root);
  }

  restore(root: PathNode): void {
    mergePathNode(this.root, root);
    this.#nodes = countNodes(this.root);
  }

  #grow(node: PathNode, segment: Segment, isVersion: boolean): PathNode | undefined {
    if (this.isFull) return undefined;
    this.#nodes += 1;
    const child = createPathNode();
    if (segment.type === undefined || isVersion) node.literals.set(segment.text, child);
    else {
      node.slots.set(segment.suffix, child);
      child.types.set(segment.type, 1);
    }
    return child;
  }

  #end(node: PathNode, method: string, calls: number, slashed: boolean): boolean {
    const end = node.ends.get(method);
    if (end === undefined) {
      if (node.ends.size >= this.#limits.methodsMax) return false;
      node.ends.set(method, { calls, slashed: slashed ? calls : 0 });
      return true;
    }
    end.calls += calls;
    if (slashed) end.slashed += calls;
    return false;
  }
}

/** One segment of a specification's template: a literal text, or a parameter in a slot. */
export type DocumentedSegment =
  | { readonly text: string; readonly name?: never }
  | { readonly name: string; readonly slot: string };

/** `/1/boards`, `/api/2/issue`: a small number where versions stand is kept as a literal candidate. */
export function isVersionLike(segment: Segment, at: number, path: PathSegments): boolean {
  if (segment.type !== "integer" || segment.text.length > 2) return false;
  return at === 0 || /^(?:api|rest|v|version|versions)$/i.test(path.segments[at - 1]?.text ?? "");
}

export function createPathNode(): PathNode {
  return {
    literals: new Map(),
    slots: new Map(),
    ends: new Map(),
    types: new Map(),
    folded: new Map(),
    calls: 0,
  };
}

/** Adds everything of one place, and of all below it, to another. */
export function mergePathNode(into: PathNode, from: PathNode): void {
  into.calls += from.calls;
  if (from.documented !== undefined) into.documented ??= from.documented;
  for (const [key, family] of from.folded) addFamily(into.folded, key, family);
  for (const [type, calls] of from.types) into.types.set(type, (into.types.get(type) ?? 0) + calls);
  for (const [method, end] of from.ends) {
    const known = into.ends.get(method);
    into.ends.set(method, {
      calls: (known?.calls ?? 0) + end.calls,
      slashed: (known?.slashed ?? 0) + end.slashed,
    });
  }
  for (const part of ["literals", "slots"] as const) {
    for (const [key, child] of from[part]) {
      const known = into[part].get(key);
      if (known === undefined) into[part].set(key, child);
      else mergePathNode(known, child);
    }
  }
}

function childOf(node: PathNode, segment: Segment, isVersion: boolean): PathNode | undefined {
  const literal = node.literals.get(segment.text);
  if (literal !== undefined || segment.type === undefined || isVersion) return literal;
  const slot = node.slots.get(segment.suffix);
  slot?.types.set(segment.type, (slot.types.get(segment.type) ?? 0) + 1);
  return slot;
}

/** Places that only a specification named go with it. */
function undocument(node: PathNode): void {
  delete node.documented;
  for (const children of [node.literals, node.slots]) {
    for (const [key, child] of children) {
      undocument(child);
      if (child.calls === 0 && child.literals.size + child.slots.size === 0) children.delete(key);
    }
  }
}

function countNodes(node: PathNode): number {
  let count = 1;
  for (const child of node.literals.values()) count += countNodes(child);
  for (const child of node.slots.values()) count += countNodes(child);
  return count;
}
