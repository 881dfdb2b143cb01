import type { TemplatePin } from "../../model/template-pin.ts";
import { documentedSegmentsOf } from "../documented-operations.ts";
import type { Candidate } from "./candidate.ts";
import { apiVerbs } from "./vocabulary-table.ts";
import { wordsOf } from "./word-forms.ts";

/** What people decided about one place of a URL space and those below it. */
export interface PinPlace {
  readonly literals: Map<string, PinPlace>;
  readonly slots: Map<string, PinSlot>;
  /** Segments here that stay literals. */
  readonly kept: Set<string>;
  /** Every segment here stays a literal unless its form says that it is a value. */
  keepsAll: boolean;
}

export interface PinSlot extends PinPlace {
  name?: string;
  /** Segments that are values of it whatever they look like. */
  readonly texts: Set<string>;
  /** Takes every other segment as well, unless it may be a new endpoint beside the parameter. */
  takesOthers: boolean;
}

/** Builds the tree of decisions of one host; a later pin goes over an earlier one. */
export function pinTreeOf(pins: readonly TemplatePin[]): PinPlace {
  const root = createPinPlace();
  for (const pin of pins) enter(root, pin);
  return root;
}

/** What was decided of a segment: above zero a value, below a literal, undefined when nothing was. */
export function pinnedScoreOf(
  pins: PinPlace | undefined,
  { text, suffix }: Pick<Candidate, "text" | "suffix">,
): number | undefined {
  if (pins === undefined) return undefined;
  if (pins.kept.has(text)) return Number.NEGATIVE_INFINITY;
  const slot = pins.slots.get(suffix) ?? pins.slots.get("");
  if (slot?.texts.has(text) === true) return Number.POSITIVE_INFINITY;
  if (pins.keepsAll) return Number.NEGATIVE_INFINITY;
  return slot?.takesOthers === true && !mayBeEndpoint(text) ? Number.POSITIVE_INFINITY : undefined;
}

/** Nobody decided about `search`, `exportAll` or `me`, which may turn up beside a parameter. */
function mayBeEndpoint(text: string): boolean {
  return apiVerbs.has(wordsOf(text)[0] ?? "") || /^@?(?:me|self|current|mine|latest)$/i.test(text);
}

function enter(root: PinPlace, { kind, path, texts }: TemplatePin): void {
  const segments = documentedSegmentsOf(path);
  let place = root;
  for (const [at, segment] of segments.entries()) {
    const isLast = at === segments.length - 1;
    if (segment.name === undefined) {
      if (kind === "template") keepLiteral(place, segment.text);
      place = childOf(place.literals, segment.text, createPinPlace);
      continue;
    }
    const slot = childOf(place.slots, segment.slot, createPinSlot);
    if (kind === "template") holdSlot(slot, segment.name, []);
    else if (isLast) decide(kind, place, slot, { name: segment.name, texts });
    place = slot;
  }
  if (kind === "template") for (const text of texts) keepValue(root, path, text);
}

function decide(
  kind: "split" | "merge" | "rename",
  place: PinPlace,
  slot: PinSlot,
  { name, texts }: { readonly name: string; readonly texts: readonly string[] },
): void {
  if (kind === "rename") {
    slot.name = name;
    return;
  }
  if (kind === "merge") {
    for (const text of texts) place.kept.delete(text);
    place.keepsAll = false;
    holdSlot(slot, name, texts);
    return;
  }
  if (texts.length === 0) {
    place.keepsAll = true;
    slot.takesOthers = false;
    slot.texts.clear();
  }
  for (const text of texts) keepLiteral(place, text);
}

function keepLiteral(place: PinPlace, text: string): void {
  place.kept.add(text);
  for (const slot of place.slots.values()) slot.texts.delete(text);
}

function holdSlot(slot: PinSlot, name: string, texts: readonly string[]): void {
  slot.name = name;
  slot.takesOthers = true;
  for (const text of texts) slot.texts.add(text);
}

/** The texts of a pinned template stand as `2:music`: the number of their segment, and the text. */
function keepValue(root: PinPlace, path: string, numbered: string): void {
  const colon = numbered.indexOf(":");
  const wanted = Number(numbered.slice(0, colon));
  let place = root;
  for (const [at, segment] of documentedSegmentsOf(path).entries()) {
    const isLiteral = segment.name === undefined;
    const next = isLiteral ? place.literals.get(segment.text) : place.slots.get(segment.slot);
    if (next === undefined) return;
    if (at === wanted && "texts" in next) (next as PinSlot).texts.add(numbered.slice(colon + 1));
    place = next;
  }
}

function childOf<Child>(children: Map<string, Child>, key: string, create: () => Child): Child {
  const known = children.get(key);
  if (known !== undefined) return known;
  const child = create();
  children.set(key, child);
  return child;
}

function createPinPlace(): PinPlace {
  return { literals: new Map(), slots: new Map(), kept: new Set(), keepsAll: false };
}

function createPinSlot(): PinSlot {
  return { ...createPinPlace(), texts: new Set(), takesOthers: false };
}
