import type { Candidate } from "./candidate.ts";
import { escapedLiteral } from "./escaped-literal.ts";
import { mergedFileSlots } from "./file-slots.ts";
import { spellingOf } from "./host-spelling.ts";
import { createJudge, type Place, type SlotEvidence } from "./literal-or-parameter.ts";
import { parameterNameOf } from "./parameter-name.ts";
import type { PathNode } from "./path-trie.ts";
import type { SegmentType } from "./segment-type.ts";
import { segmentOf } from "./segments.ts";
import { prefixedSlotOf, slotTemplateOf } from "./slot-keys.ts";

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
    const prefixed = prefixedSlotOf(candidate.text, node.slots.keys());
    if (isDocumented || (prefixed === undefined && judge(candidate) <= 0)) {
      place.literals.set(
        candidate.text,
        placeOf(nodesOfText, literalContext(context, candidate.text, isDocumented)),
      );
      continue;
    }
    const slot = prefixed ?? candidate.suffix;
    place.values.set(candidate.text, slot);
    members.set(slot, [...(members.get(slot) ?? []), ...nodesOfText.map(asSlot)]);
  }
  for (const [suffix, slotNodes] of mergedFileSlots(members, place.values)) {
    place.slots.set(suffix, placeOf(slotNodes, slotContext(context, suffix, slotNodes)));
  }
  return place;
}

function literalContext(context: Context, text: string, documented: boolean): Context {
  return {
    ...context,
    template: `${context.template}/${escapedLiteral(text)}`,
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
    template: `${context.template}/${slotTemplateOf(suffix, name)}`,
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
  const documented = nodes.some((node) => node.documented !== undefined);
  return { text, stem, suffix, documented, ...evidenceOf(nodes) };
}

function slotEvidenceOf(nodes: readonly PathNode[]): SlotEvidence {
  return {
    ...evidenceOf(nodes),
    documented: nodes.some(({ documented }) => documented !== undefined),
  };
}

function evidenceOf(
  nodes: readonly PathNode[],
): Omit<Candidate, "text" | "stem" | "suffix" | "documented"> {
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
