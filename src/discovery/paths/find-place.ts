import type { Candidate } from "./candidate.ts";
import { escapedLiteral } from "./escaped-literal.ts";
import { parameterNameOf } from "./parameter-name.ts";
import { createPathNode, isVersionLike } from "./path-trie.ts";
import type { PathPlace } from "./path-view.ts";
import { pinnedScoreOf } from "./pin-tree.ts";
import type { SegmentReader } from "./segment-reader.ts";
import type { PathSegments, Segment } from "./segments.ts";
import { prefixedSlotOf, slotTemplateOf } from "./slot-keys.ts";

/** Where a path leads, and the values on the way. */
export interface PathMatch {
  readonly place: PathPlace;
  readonly values: readonly string[];
}

/**
 * Finds the place of a path. Segments never seen are judged like the others; with `grow`, places
 * are made for them until the next view, else the answer is undefined.
 */
export function findPlace(
  root: PathPlace,
  path: PathSegments,
  options: { readonly grow: boolean; readonly read: SegmentReader },
): PathMatch | undefined {
  const values: string[] = [];
  let place = root;
  for (let at = 0; at < path.segments.length; at += 1) {
    const segment = path.segments[at] as Segment;
    const isVersion = isVersionLike(segment, at, path);
    const step = stepFrom(place, segment, { ...options, isVersion });
    const { fallback } = place;
    const other =
      step === undefined && fallback !== undefined
        ? stepFrom(fallback, segment, { ...options, isVersion })
        : undefined;
    // What only goes on below the parameter had the literal before as its value.
    if (other !== undefined) values.push((path.segments[at - 1] as Segment).stem);
    const next = step ?? other;
    if (next === undefined) {
      if (!options.grow) return undefined;
      place = growLiteral(place, segment.text);
      continue;
    }
    if (next.isValue) values.push(segment.stem);
    place = next.place;
  }
  return { place, values };
}

function stepFrom(
  place: PathPlace,
  segment: Segment,
  options: { readonly isVersion: boolean; readonly grow: boolean; readonly read: SegmentReader },
): { readonly place: PathPlace; readonly isValue: boolean } | undefined {
  const literal = place.literals.get(segment.text);
  if (literal !== undefined) return { place: literal, isValue: false };
  // Nothing is grown below a literal while the parameter beside it may know the way.
  const grow = options.grow && place.fallback === undefined;
  const slot = slotFor(place, segment, { ...options, grow });
  return slot === undefined ? undefined : { place: slot, isValue: true };
}

function slotFor(
  place: PathPlace,
  segment: Segment,
  options: { readonly isVersion: boolean; readonly grow: boolean; readonly read: SegmentReader },
): PathPlace | undefined {
  const known = place.values.get(segment.text)?.slot;
  if (known !== undefined) return place.slots.get(known);
  const prefixed = prefixedSlotOf(segment.text, place.slots.keys());
  if (prefixed !== undefined) return place.slots.get(prefixed);
  const suffix =
    place.slots.has(segment.suffix) || !segment.suffix.startsWith(".") ? segment.suffix : "";
  const slot = place.slots.get(suffix);
  const pinned = pinnedScoreOf(place.pins, segment);
  const isValue =
    pinned === undefined ? segment.type !== undefined && !options.isVersion : pinned > 0;
  if (isValue) return slot ?? (options.grow ? growSlot(place, segment) : undefined);
  if (slot === undefined || pinned !== undefined) return undefined;
  const candidate: Candidate = {
    ...segment,
    lexis: options.read(segment.text).lexis,
    calls: 1,
    methods: new Set(),
    continuations: new Set(),
    secondContinuations: new Set(),
    leadsToValue: false,
    documented: false,
  };
  return place.judge(candidate) > 0 ? slot : undefined;
}

function growLiteral(place: PathPlace, text: string): PathPlace {
  const template = `${place.template}/${escapedLiteral(text)}`;
  const pins = place.pins?.literals.get(text);
  const child = emptyPlace({ template, parameterNames: place.parameterNames, pins }, place);
  place.literals.set(text, child);
  return child;
}

function growSlot(place: PathPlace, segment: Segment): PathPlace {
  const pins = place.pins?.slots.get(segment.suffix);
  const name = pins?.name ?? learnedName(place, segment);
  const template = `${place.template}/${slotTemplateOf(segment.suffix, name)}`;
  const parameterNames = [...place.parameterNames, name];
  const child = emptyPlace(
    { template, parameterNames, pins },
    { isNamed: place.isNamed || pins?.name !== undefined },
  );
  place.slots.set(segment.suffix, child);
  return child;
}

function learnedName(place: PathPlace, segment: Segment): string {
  const previous = decodeURIComponent(place.template.slice(place.template.lastIndexOf("/") + 1));
  const isParameter = previous.startsWith("{");
  const node = createPathNode();
  if (segment.type !== undefined) node.types.set(segment.type, 1);
  return parameterNameOf(
    { previous: isParameter ? undefined : previous, names: place.parameterNames },
    [node],
  );
}

function emptyPlace(
  known: Pick<PathPlace, "template" | "parameterNames" | "pins">,
  { isNamed }: Pick<PathPlace, "isNamed">,
): PathPlace {
  return {
    ...known,
    isNamed,
    literals: new Map(),
    slots: new Map(),
    values: new Map(),
    ends: new Map(),
    types: new Map(),
    judge: () => -1,
    documented: false,
  };
}
