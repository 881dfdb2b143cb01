import {
  type Candidate,
  createJudge,
  type Place,
  type SlotEvidence,
  type Spelling,
} from "./literal-or-parameter.ts";
import { parameterNameOf } from "./parameter-name.ts";
import { createPathNode, isVersionLike, type PathNode } from "./path-trie.ts";
import { lexisOf } from "./segment-lexis.ts";
import type { SegmentType } from "./segment-type.ts";
import { type PathSegments, type Segment, segmentOf } from "./segments.ts";

/** One place of the URL space after it was decided which segments are values. */
export interface PathPlace {
  /** `/users/{userId}`. */
  readonly template: string;
  readonly parameterNames: readonly string[];
  readonly literals: Map<string, PathPlace>;
  readonly slots: Map<string, PathPlace>;
  /** Segments judged to be values: text → suffix of their slot. */
  readonly values: Map<string, string>;
  readonly ends: ReadonlyMap<string, { readonly calls: number; readonly slashed: number }>;
  readonly types: ReadonlyMap<SegmentType | "word", number>;
  readonly judge: (candidate: Candidate) => number;
  /** A specification names this place, and every one on the way to it. */
  readonly documented: boolean;
}

/** Decides for every place of a trie which segments are literals and which values of a parameter. */
export function viewOf(root: PathNode): PathPlace {
  const spelling = spellingOf(root);
  return placeOf([root], {
    template: "",
    names: [],
    depth: 0,
    previous: undefined,
    previousIsParameter: false,
    spelling,
    documented: true,
  });
}

interface Context extends Omit<Place, "slots"> {
  readonly template: string;
  readonly names: readonly string[];
  readonly documented: boolean;
}

function placeOf(nodes: readonly PathNode[], context: Context): PathPlace {
  const node = combine(nodes);
  const candidates = [...node.literals].map(([text, members]) => candidateOf(text, members));
  const slots = new Map(
    [...node.slots].map(([suffix, members]) => [suffix, slotEvidenceOf(members)]),
  );
  const judge = createJudge({ ...context, slots }, candidates);
  const place: PathPlace = {
    template: context.template,
    parameterNames: context.names,
    literals: new Map(),
    slots: new Map(),
    values: new Map(),
    ends: node.ends,
    types: node.types,
    judge,
    documented: context.documented,
  };
  const members = new Map(node.slots);
  for (const candidate of candidates) {
    const nodesOfText = node.literals.get(candidate.text) ?? [];
    const isDocumented = nodesOfText.some(({ documented }) => documented !== undefined);
    if (isDocumented || judge(candidate) <= 0) {
      place.literals.set(
        candidate.text,
        placeOf(nodesOfText, literalContext(context, candidate.text, isDocumented)),
      );
      continue;
    }
    place.values.set(candidate.text, candidate.suffix);
    members.set(candidate.suffix, [
      ...(members.get(candidate.suffix) ?? []),
      ...nodesOfText.map(asSlot),
    ]);
  }
  for (const [suffix, slotNodes] of mergedFileSlots(members, place.values)) {
    place.slots.set(suffix, placeOf(slotNodes, slotContext(context, suffix, slotNodes)));
  }
  return place;
}

function literalContext(context: Context, text: string, documented: boolean): Context {
  return {
    ...context,
    template: `${context.template}/${escapeBraces(text)}`,
    depth: context.depth + 1,
    previous: text,
    previousIsParameter: false,
    documented: context.documented && documented,
  };
}

function slotContext(context: Context, suffix: string, nodes: readonly PathNode[]): Context {
  const documented = nodes.find((node) => node.documented !== undefined)?.documented;
  const name = documented ?? parameterNameOf(context, nodes);
  return {
    ...context,
    template: `${context.template}/{${name}}${suffix}`,
    names: [...context.names, name],
    depth: context.depth + 1,
    previous: undefined,
    previousIsParameter: true,
    documented: context.documented && documented !== undefined,
  };
}

interface Combined {
  readonly literals: Map<string, PathNode[]>;
  readonly slots: Map<string, PathNode[]>;
  readonly ends: Map<string, { calls: number; slashed: number }>;
  readonly types: Map<SegmentType | "word", number>;
}

function combine(nodes: readonly PathNode[]): Combined {
  const combined: Combined = {
    literals: new Map(),
    slots: new Map(),
    ends: new Map(),
    types: new Map(),
  };
  for (const node of nodes) {
    for (const part of ["literals", "slots"] as const) {
      for (const [key, child] of node[part]) {
        const members = combined[part].get(key);
        if (members === undefined) combined[part].set(key, [child]);
        else members.push(child);
      }
    }
    for (const [method, { calls, slashed }] of node.ends) {
      const end = combined.ends.get(method) ?? { calls: 0, slashed: 0 };
      combined.ends.set(method, { calls: end.calls + calls, slashed: end.slashed + slashed });
    }
    for (const [type, calls] of node.types) {
      combined.types.set(type, (combined.types.get(type) ?? 0) + calls);
    }
  }
  return combined;
}

function candidateOf(text: string, nodes: readonly PathNode[]): Candidate {
  const { stem, suffix } = segmentOf(text);
  return { text, stem, suffix, ...evidenceOf(nodes) };
}

function slotEvidenceOf(nodes: readonly PathNode[]): SlotEvidence {
  return {
    ...evidenceOf(nodes),
    documented: nodes.some(({ documented }) => documented !== undefined),
  };
}

function evidenceOf(nodes: readonly PathNode[]): Omit<Candidate, "text" | "stem" | "suffix"> {
  const methods = new Set<string>();
  const continuations = new Set<string>();
  const secondContinuations = new Set<string>();
  let calls = 0;
  let leadsToValue = false;
  for (const node of nodes) {
    calls += node.calls;
    for (const method of node.ends.keys()) methods.add(method);
    for (const [next, child] of node.literals) {
      continuations.add(next);
      for (const second of child.literals.keys()) secondContinuations.add(second);
    }
    leadsToValue ||= node.slots.size > 0;
  }
  return { calls, methods, continuations, secondContinuations, leadsToValue };
}

/** The same node, counted as values of the slot it now belongs to. */
function asSlot(node: PathNode): PathNode {
  return { ...node, types: new Map([["word", node.calls]]) };
}

/**
 * `report.csv`, `photo.png`, `data.json` at one place are file names of one parameter, not
 * representations of the same resource.
 */
function mergedFileSlots(
  slots: Map<string, readonly PathNode[]>,
  values: Map<string, string>,
): ReadonlyMap<string, readonly PathNode[]> {
  const plain = [...values].filter(([, suffix]) => suffix === "").map(([text]) => text);
  const files = plain.filter((text) => lexisOf(text).family === "file").length;
  const extensions = [...slots.keys()].filter((suffix) => suffix.startsWith("."));
  const isFiles = files > 0 ? files * 2 >= plain.length : extensions.length >= 4;
  if (extensions.length === 0 || !isFiles) return slots;
  for (const [text, suffix] of values) if (suffix.startsWith(".")) values.set(text, "");
  const merged = new Map<string, readonly PathNode[]>();
  for (const [suffix, nodes] of slots) {
    const key = suffix.startsWith(".") ? "" : suffix;
    merged.set(key, [...(merged.get(key) ?? []), ...nodes]);
  }
  return merged;
}

/** A literal brace would read as a parameter. */
function escapeBraces(text: string): string {
  return encodeURIComponent(text)
    .replaceAll("%3A", ":")
    .replaceAll("%40", "@")
    .replaceAll("%24", "$")
    .replaceAll("%2C", ",")
    .replaceAll("%2B", "+")
    .replaceAll("%3D", "=")
    .replaceAll("%26", "&")
    .replaceAll("%3B", ";");
}

/** How literals of several words are written: from those that were called often or lead to values. */
function spellingOf(root: PathNode): Spelling {
  const counts: Record<string, number> = {};
  let count = 0;
  const seen = new Set<string>();
  const visit = (node: PathNode): void => {
    for (const [text, child] of node.literals) {
      const { family, score } = lexisOf(text);
      const isLiteral = child.documented !== undefined || child.slots.size > 0 || score < -1.5;
      if (isLiteral && !seen.has(text) && ["kebab", "snake", "camel"].includes(family)) {
        seen.add(text);
        counts[family] = (counts[family] ?? 0) + 1;
        count += 1;
      }
      visit(child);
    }
    for (const child of node.slots.values()) visit(child);
  };
  visit(root);
  const shares: Record<string, number> = {};
  for (const [family, of] of Object.entries(counts)) shares[family] = of / count;
  return { count, shares };
}

/** Where a path leads, and the values on the way. */
export interface PathMatch {
  readonly place: PathPlace;
  readonly values: readonly string[];
  readonly types: readonly (SegmentType | undefined)[];
}

/**
 * Finds the place of a path. Segments never seen are judged like the others; with `grow`, places
 * are made for them until the next view, else the answer is undefined.
 */
export function findPlace(
  root: PathPlace,
  path: PathSegments,
  grow: boolean,
): PathMatch | undefined {
  const values: string[] = [];
  const types: (SegmentType | undefined)[] = [];
  let place = root;
  for (let at = 0; at < path.segments.length; at += 1) {
    const segment = path.segments[at] as Segment;
    const literal = place.literals.get(segment.text);
    if (literal !== undefined) {
      place = literal;
      continue;
    }
    const next = slotFor(place, segment, isVersionLike(segment, at, path), grow);
    if (next === undefined) {
      if (!grow) return undefined;
      place = growLiteral(place, segment.text);
      continue;
    }
    values.push(segment.text);
    types.push(segment.type);
    place = next;
  }
  return { place, values, types };
}

function slotFor(
  place: PathPlace,
  segment: Segment,
  isVersion: boolean,
  grow: boolean,
): PathPlace | undefined {
  const known = place.values.get(segment.text);
  if (known !== undefined) return place.slots.get(known);
  const suffix =
    place.slots.has(segment.suffix) || !segment.suffix.startsWith(".") ? segment.suffix : "";
  const slot = place.slots.get(suffix);
  if (segment.type !== undefined && !isVersion)
    return slot ?? (grow ? growSlot(place, segment) : undefined);
  if (slot === undefined) return undefined;
  const candidate: Candidate = {
    ...segment,
    calls: 1,
    methods: new Set(),
    continuations: new Set(),
    secondContinuations: new Set(),
    leadsToValue: false,
  };
  return place.judge(candidate) > 0 ? slot : undefined;
}

function growLiteral(place: PathPlace, text: string): PathPlace {
  const child = emptyPlace(`${place.template}/${escapeBraces(text)}`, place.parameterNames);
  place.literals.set(text, child);
  return child;
}

function growSlot(place: PathPlace, segment: Segment): PathPlace {
  const previous = decodeURIComponent(place.template.slice(place.template.lastIndexOf("/") + 1));
  const isParameter = previous.startsWith("{");
  const node = createPathNode();
  if (segment.type !== undefined) node.types.set(segment.type, 1);
  const name = parameterNameOf(
    { previous: isParameter ? undefined : previous, names: place.parameterNames },
    [node],
  );
  const child = emptyPlace(`${place.template}/{${name}}${segment.suffix}`, [
    ...place.parameterNames,
    name,
  ]);
  place.slots.set(segment.suffix, child);
  return child;
}

function emptyPlace(template: string, parameterNames: readonly string[]): PathPlace {
  return {
    template,
    parameterNames,
    literals: new Map(),
    slots: new Map(),
    values: new Map(),
    ends: new Map(),
    types: new Map(),
    judge: () => -1,
    documented: false,
  };
}
