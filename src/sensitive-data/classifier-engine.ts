import type { Classifier, Span } from "./classifier.ts";
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

/** Shorter texts would have been recognised as a whole. */
const textCharactersMin = 12;

/** The classes of the values within a text; what one classifier claims is no other's. */
function tagsWithin(leaf: Leaf): readonly Tag[] {
  if (leaf.shape.length < textCharactersMin) return none;
  const tags: Tag[] = [];
  const claimed: Span[] = [];
  for (const classifier of builtInClassifiers) {
    if (classifier.mayHold?.(leaf.shape) === false) continue;
    const spans = (classifier.find?.(leaf.value) ?? []).filter(
      (span) =>
        span.confidence >= tagConfidenceMin && !claimed.some((other) => overlap(span, other)),
    );
    if (spans.length === 0) continue;
    if (claimed.length < claimedMax) claimed.push(...spans.slice(0, claimedMax));
    const confidence = Math.max(...spans.slice(0, claimedMax).map((span) => span.confidence));
    tags.push({ class: classifier.class, confidence });
  }
  return tags;
}

/** Spans of a text that are compared with others. */
const claimedMax = 100;

function overlap(one: Span, other: Span): boolean {
  return one.start < other.end && other.start < one.end;
}
