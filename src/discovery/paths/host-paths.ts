import { findPlace, type PathMatch } from "./find-place.ts";
import type { DocumentedSegment, PathNode } from "./path-trie.ts";
import { PathTrie } from "./path-trie.ts";
import { type JudgedValue, type PathPlace, viewOf } from "./path-view.ts";
import type { PinPlace } from "./pin-tree.ts";
import { createSegmentReader, type SegmentReader } from "./segment-reader.ts";
import type { PathSegments } from "./segments.ts";

export interface HostPathsLimits {
  readonly placesMax: number;
  readonly candidatesMax: number;
}

/** New places after which the view is made anew at the latest. */
const changesMin = 24;
/** How much a new segment counts that is a value by the decision in force. */
const expectedWeight = 0.1;
const methodsMax = 16;

/** The URL space of one host: what was seen, and the current decision what of it are parameters. */
export class HostPaths {
  readonly #trie: PathTrie;
  readonly #limits: HostPathsLimits;
  readonly #read: SegmentReader = createSegmentReader();
  #view: PathPlace;
  #pins: PinPlace | undefined;
  #isStale = false;
  #changes = 0;
  #calls = 0;
  #callsAtView = 0;

  constructor(limits: HostPathsLimits) {
    this.#limits = limits;
    this.#trie = new PathTrie({ nodesMax: limits.placesMax, methodsMax });
    this.#view = viewOf(this.#trie.root, this.#read);
  }

  get root(): PathNode {
    return this.#trie.root;
  }

  /** Places held at the moment. */
  get places(): number {
    return this.#trie.nodes;
  }

  get isStale(): boolean {
    return this.#isStale;
  }

  /** Counts a path that answered with success. */
  observe(path: PathSegments, method: string): "known" | "new" | "full" {
    const result = this.#trie.observe(path, method);
    this.#calls += 1;
    this.#isStale = true;
    if (result === "new") this.#changes += this.#isExpected(path, method) ? expectedWeight : 1;
    return result;
  }

  /** One more value where values are; it can wait to be looked at. */
  #isExpected(path: PathSegments, method: string): boolean {
    const match = findPlace(this.#view, path, { grow: false, read: this.#read });
    return match?.place.ends.has(method) === true;
  }

  /** Takes back what was counted of a path. */
  forget(path: PathSegments, method: string): void {
    this.#trie.forget(path, method);
    this.#isStale = true;
  }

  document(template: readonly DocumentedSegment[], method: string): void {
    this.#trie.document(template, method);
    this.#isStale = true;
    this.#changes = Number.MAX_SAFE_INTEGER;
  }

  undocument(): void {
    this.#trie.undocument();
    this.#isStale = true;
    this.#changes = Number.MAX_SAFE_INTEGER;
  }

  /** Puts what people decided over what is learned, from the next view on. */
  pin(pins: PinPlace): void {
    this.#pins = pins;
    this.#isStale = true;
    this.#changes = Number.MAX_SAFE_INTEGER;
  }

  restore(root: PathNode): void {
    this.#trie.restore(root);
    this.#isStale = true;
    this.#changes = Number.MAX_SAFE_INTEGER;
  }

  /** The places on the way of a template that is in force, the root first. */
  wayOf(template: string): readonly PathPlace[] {
    const way = [this.#view];
    for (const part of template.split("/").filter((text) => text !== "")) {
      const place = way.at(-1) as PathPlace;
      const wanted = `${place.template}/${part}`;
      const children = [...place.literals.values(), ...place.slots.values()];
      const next = children.find((child) => child.template === wanted);
      if (next === undefined) return [];
      way.push(next);
    }
    return way;
  }

  /** Finds the place of a path in the current view; with `grow` always, unless the space is full. */
  find(path: PathSegments, grow: boolean): PathMatch | undefined {
    return findPlace(this.#view, path, { grow: grow && !this.#trie.isFull, read: this.#read });
  }

  /** Whether enough was learned since the last decision to take it again. */
  get isDue(): boolean {
    if (!this.#isStale) return false;
    if (this.#changes >= Math.max(changesMin, this.#trie.nodes * 0.03)) return true;
    // Evidence also grows without new places: a literal is told by how often it comes back.
    return this.#calls > 2 * this.#callsAtView + 200;
  }

  /** Decides anew what are parameters; folds values into one where there are too many. */
  refresh(): void {
    this.#view = viewOf(this.#trie.root, this.#read, this.#pins);
    if (this.#foldWhereCrowded()) this.#view = viewOf(this.#trie.root, this.#read, this.#pins);
    this.#isStale = false;
    this.#changes = 0;
    this.#callsAtView = this.#calls;
  }

  /** Where there are many values, those beyond doubt are folded; where space is short, all. */
  #foldWhereCrowded(): boolean {
    const most = this.#trie.isFull ? 0 : this.#limits.candidatesMax;
    const crowded: (readonly [PathNode, PathPlace])[] = [];
    eachPlace(this.#trie.root, this.#view, (node, place) => {
      if (place.values.size > 0 && node.literals.size > most) crowded.push([node, place]);
    });
    const before = this.#trie.nodes;
    for (const [node, place] of crowded) {
      const takesAll = this.#trie.isFull || node.literals.size > 8 * most;
      for (const [slot, tokens] of bySlot(place.values, takesAll)) {
        this.#trie.fold(node, tokens, slot, this.#read);
      }
    }
    if (crowded.length > 0) this.#trie.recount();
    return this.#trie.nodes < before;
  }
}

/** Visits every node of the trie with the place it became. */
function eachPlace(
  node: PathNode,
  place: PathPlace,
  visit: (node: PathNode, place: PathPlace) => void,
): void {
  visit(node, place);
  for (const [text, child] of node.literals) {
    const below = place.literals.get(text) ?? place.slots.get(place.values.get(text)?.slot ?? "");
    if (below !== undefined) eachPlace(child, below, visit);
  }
  for (const [suffix, child] of node.slots) {
    const below = place.slots.get(suffix);
    if (below !== undefined) eachPlace(child, below, visit);
  }
}

function bySlot(
  values: ReadonlyMap<string, JudgedValue>,
  takesAll: boolean,
): ReadonlyMap<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const [text, { slot, isSure }] of values) {
    if (!isSure && !takesAll) continue;
    const tokens = grouped.get(slot);
    if (tokens === undefined) grouped.set(slot, [text]);
    else tokens.push(text);
  }
  return grouped;
}
