import type { Classifier } from "./classifier.ts";
import { builtInClassifiers } from "./classifiers/index.ts";
import { type Leaf, leafOf } from "./leaf.ts";

/** A class of sensitive data that a value is of. */
export interface Tag {
  readonly class: string;
  /** 0 to 1. */
  readonly confidence: number;
}

/** Characters of a value that are looked at; the rest of a longer one is not. */
const valueCharactersMax = 16_384;

/** What is less sure stays without a tag; redaction hides it all the same. */
const tagConfidenceMin = 0.5;

const none: readonly Tag[] = [];

/**
 * Tells which classes of sensitive data a named value is of: at most one when the whole value is
 * of a class, several when it is a text that holds values of them. The name may be a JSON path,
 * XML path, parameter, header or cookie name.
 */
export function classify(name: string, value: string): readonly Tag[] {
  if (value.length < 2) return none;
  const leaf = leafOf(
    name,
    value.length > valueCharactersMax ? value.slice(0, valueCharactersMax) : value,
  );

  const whole = classOfWhole(leaf, tagConfidenceMin);
  return whole === undefined ? tagsWithin(leaf) : [whole.tag];
}

/** The class of the value as a whole, with its classifier. */
export function classOfWhole(
  leaf: Leaf,
  confidenceMin: number,
): { readonly classifier: Classifier; readonly tag: Tag } | undefined {
  let best: { classifier: Classifier; tag: Tag } | undefined;
  for (const classifier of builtInClassifiers) {
    if (!classifier.mayMatch(leaf.shape)) continue;
    const confidence = classifier.classify(leaf);
    if (confidence >= confidenceMin && confidence > (best?.tag.confidence ?? 0)) {
      best = { classifier, tag: { class: classifier.class, confidence } };
    }
  }
  return best;
}

/** A text's classes; a shorter value would have been recognised as a whole. */
function tagsWithin(leaf: Leaf): readonly Tag[] {
  if (leaf.shape.length < 12) return none;
  const tags: Tag[] = [];
  for (const classifier of builtInClassifiers) {
    const spans = classifier.find?.(leaf.value) ?? [];
    const confidence = spans.reduce((most, span) => Math.max(most, span.confidence), 0);
    if (confidence >= tagConfidenceMin) tags.push({ class: classifier.class, confidence });
  }
  return tags;
}
