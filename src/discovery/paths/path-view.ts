import type { Candidate } from "./candidate.ts";
import { addFamily, type Family } from "./candidate-families.ts";
import { dividedLiterals } from "./documented-alternatives.ts";
import { escapedLiteral } from "./escaped-literal.ts";
import { mergedFileSlots } from "./file-slots.ts";
import { spellingOf } from "./host-spelling.ts";
import { createJudge, type Place, type SlotEvidence } from "./literal-or-parameter.ts";
import { parameterNameOf } from "./parameter-name.ts";
import type { PathNode } from "./path-trie.ts";
import { type PinPlace, type PinSlot, pinnedScoreOf } from "./pin-tree.ts";
import type { SegmentReader } from "./segment-reader.ts";
import type { SegmentType } from "./segment-type.ts";
import { prefixedSlotOf, slotTemplateOf } from "./slot-keys.ts";

/** One place of the URL space after it was decided which segments are values. */
export interface PathPlace {
  /** `/users/{userId}`. */
  readonly template: string;
  readonly parameterNames: readonly string[];
  readonly literals: Map<string, PathPlace>;
  readonly slots: Map<string, PathPlace>;
  /** Segments judged to be values. */
  readonly values: Map<string, JudgedValue>;
  readonly ends: ReadonlyMap<string, { readonly calls: number; readonly slashed: number }>;
  readonly types: ReadonlyMap<SegmentType | "word", number>;
  readonly judge: (candidate: Candidate) => number;
  /** A specification names this place, and every one on the way to it. */
  readonly documented: boolean;
  /** What people decided here. */
  readonly pins: PinPlace | undefined;
  /** A person named a parameter on the way to it. */
  readonly isNamed: boolean;
  /** On a documented literal: the parameter beside it, for ways that only go on below that. */
  fallback?: PathPlace;
}

export interface JudgedValue {
  /** Key of the slot. */
  slot: string;
  /** Beyond doubt, so that the segment itself need not be kept. */
  readonly isSure: boolean;
}

/** Above this score no further evidence is waited for. */
const sureScoreMin = 1.5;

/** Decides for every place of a trie which segments are literals and which values of a parameter. */
export function viewOf(root: PathNode, read: SegmentReader, pins?: PinPlace): PathPlace {
  const spelling = spellingOf(root, read);
  return placeOf([root], {
    template: "",
    names: [],
    depth: 0,
    previous: undefined,
    previousIsParameter: false,
    spelling,
    read,
    documented: true,
    pins,
    isNamed: false,
  });
}

interface Context extends Omit<Place, "slots" | "folded"> {
  readonly template: string;
  readonly names: readonly string[];
  readonly documented: boolean;
  /** What people decided here. */
  readonly pins: PinPlace | undefined;
  readonly isNamed: boolean;
}

function placeOf(nodes: readonly PathNode[], context: Context): PathPlace {
  const node = combine(nodes);
  const candidates = [...node.literals].map(([text, members]) =>
    withOwnSuffix(candidateOf(text, members, context.read), node.slots),
  );
  const slots = new Map(
    [...node.slots].map(([suffix, members]) => [suffix, slotEvidenceOf(members)]),
  );
  const judgeByEvidence = createJudge(
    { ...context, slots, folded: foldedOf(node.slots) },
    candidates,
  );
  const judge = (candidate: Candidate): number =>
    pinnedScoreOf(context.pins, candidate) ?? judgeByEvidence(candidate);
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
    pins: context.pins,
    isNamed: context.isNamed,
  };
  const members = new Map<string, readonly PathNode[]>(node.slots);
  const divided: PathPlace[] = [];
  for (const candidate of candidates) {
    const nodesOfText = node.literals.get(candidate.text) ?? [];
    const prefixed = prefixedSlotOf(candidate.text, node.slots.keys());
    const score = scoreOf(candidate, prefixed, { judge, pins: context.pins });
    if (score > 0) {
      const slot = prefixed ?? slotKeyFor(candidate, context.pins);
      const isSure = score >= sureScoreMin && !candidate.lexis.isKnown;
      place.values.set(candidate.text, { slot, isSure });
      addTo(members, slot, nodesOfText.map(asSlot));
      continue;
    }
    const { kept, given } = dividedLiterals(nodesOfText, node.slots.get(""));
    const literal = placeOf(kept, literalContext(context, candidate.text, candidate.documented));
    place.literals.set(candidate.text, literal);
    addTo(members, "", given);
    if (candidate.documented) divided.push(literal);
  }
  for (const [suffix, slotNodes] of mergedFileSlots(members, place.values, context.read)) {
    place.slots.set(suffix, placeOf(slotNodes, slotContext(context, suffix, slotNodes)));
  }
  const parameter = slots.get("")?.documented === true ? place.slots.get("") : undefined;
  if (parameter !== undefined) for (const literal of divided) literal.fallback = parameter;
  keepPinned(place, context);
  return place;
}

function addTo(
  members: Map<string, readonly PathNode[]>,
  slot: string,
  nodes: readonly PathNode[],
): void {
  if (nodes.length > 0) members.set(slot, [...(members.get(slot) ?? []), ...nodes]);
}

/** What people decided goes first, then what specifications say, then evidence. */
function scoreOf(
  candidate: Candidate,
  prefixed: string | undefined,
  { judge, pins }: Pick<PathPlace, "judge" | "pins">,
): number {
  const pinned = pinnedScoreOf(pins, candidate);
  if (pinned !== undefined) return pinned;
  if (candidate.documented) return -1;
  return prefixed === undefined ? judge(candidate) : sureScoreMin;
}

/**
 * Where a specification names a parameter and no form of it with this extension, an extension is
 * part of the value: `report.csv` is a `{filepath}`.
 */
function withOwnSuffix(
  candidate: Candidate,
  slots: ReadonlyMap<string, readonly PathNode[]>,
): Candidate {
  const isDocumented = (suffix: string): boolean =>
    slots.get(suffix)?.some(({ documented }) => documented !== undefined) === true;
  const { suffix, text } = candidate;
  if (!suffix.startsWith(".") || !isDocumented("") || isDocumented(suffix)) return candidate;
  return { ...candidate, suffix: "", stem: text };
}

/** A segment that its form makes a value is kept apart from the parameter from now on. */
function keepPinned(place: PathPlace, context: Context): void {
  for (const text of context.pins?.kept ?? []) {
    if (place.literals.has(text)) continue;
    place.literals.set(text, placeOf([], literalContext(context, text, false)));
  }
}

/** Merged segments go where a person said, even when they look as if they had an extension. */
function slotKeyFor({ text, suffix }: Candidate, pins: PinPlace | undefined): string {
  return pins?.slots.get("")?.texts.has(text) === true ? "" : suffix;
}

function literalContext(context: Context, text: string, documented: boolean): Context {
  return {
    ...context,
    template: `${context.template}/${escapedLiteral(text)}`,
    depth: context.depth + 1,
    previous: text,
    previousIsParameter: false,
    documented: context.documented && documented,
    pins: context.pins?.literals.get(text),
  };
}

function slotContext(context: Context, suffix: string, nodes: readonly PathNode[]): Context {
  const documented = nodes.find((node) => node.documented !== undefined)?.documented;
  const pins: PinSlot | undefined = context.pins?.slots.get(suffix);
  const name = pins?.name ?? documented ?? parameterNameOf(context, nodes);
  return {
    ...context,
    template: `${context.template}/${slotTemplateOf(suffix, name)}`,
    names: [...context.names, name],
    depth: context.depth + 1,
    previous: undefined,
    previousIsParameter: true,
    documented: context.documented && documented !== undefined,
    pins,
    isNamed: context.isNamed || pins?.name !== undefined,
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

function candidateOf(text: string, nodes: readonly PathNode[], read: SegmentReader): Candidate {
  const documented = nodes.some((node) => node.documented !== undefined);
  return { text, ...read(text), documented, ...evidenceOf(nodes) };
}

function foldedOf(slots: ReadonlyMap<string, readonly PathNode[]>): Place["folded"] {
  const families = new Map<string, Family>();
  const values = new Map<string, number>();
  for (const [suffix, nodes] of slots) {
    for (const { folded } of nodes) {
      for (const [key, family] of folded) {
        addFamily(families, key, family);
        values.set(suffix, (values.get(suffix) ?? 0) + family.distinct);
      }
    }
  }
  return { families, values };
}

function slotEvidenceOf(nodes: readonly PathNode[]): SlotEvidence {
  return {
    ...evidenceOf(nodes),
    documented: nodes.some(({ documented }) => documented !== undefined),
    leadsOnlyToValues:
      nodes.some(({ slots }) => hasDocumented(slots)) &&
      !nodes.some(({ literals }) => hasDocumented(literals)),
  };
}

function hasDocumented(children: ReadonlyMap<string, PathNode>): boolean {
  return [...children.values()].some(({ documented }) => documented !== undefined);
}

function evidenceOf(
  nodes: readonly PathNode[],
): Omit<Candidate, "text" | "stem" | "suffix" | "lexis" | "documented"> {
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
