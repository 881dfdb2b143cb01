import type { Confidence } from "../../../model/detection.ts";
import { proseWordsAround } from "../../languages/prose.ts";
import { createSignAutomaton, type SignAutomaton } from "../../sign-automaton.ts";
import { type ErrorText, errorTexts } from "./error-texts-table.ts";
import type { Leak, LeakKind, ResponseFacts } from "./leak.ts";
import { secretIn, secretSigns } from "./secret.ts";
import { sourceCodeIn, sourceSigns } from "./source-code.ts";
import { stackTraceIn, traceSigns } from "./stack-trace.ts";

/** What a response gives away, at most one leak of each kind; one pass over texts that give nothing away. */
export function leaksIn(text: string, facts: ResponseFacts): readonly Leak[] {
  const seen = signsIn(text);
  if (seen === 0) return [];
  const leaks: Leak[] = [];
  if ((seen & bits.trace) !== 0) {
    const trace = stackTraceIn(text);
    if (trace !== undefined)
      leaks.push({ kind: "stack-trace", ...trace, confidence: confidenceOf(text, trace, facts) });
  }
  if ((seen & bits.text) !== 0) leaks.push(...knownTextsIn(text, facts));
  if ((seen & bits.secret) !== 0) {
    const secret = secretIn(text);
    if (secret !== undefined) leaks.push({ kind: "secret", ...secret });
  }
  if ((seen & bits.source) !== 0) {
    const source = sourceCodeIn(text, facts);
    if (source !== undefined) leaks.push({ kind: "source-code", ...lessInProse(text, source) });
  }
  return leaks;
}

const bits = { text: 1, trace: 2, secret: 4, source: 8 } as const;

const automaton: SignAutomaton = createSignAutomaton([
  ...errorTexts.map(({ text }) => ({ bit: bits.text, text })),
  ...traceSigns.map((text) => ({ bit: bits.trace, text })),
  ...secretSigns.map((text) => ({ bit: bits.secret, text })),
  ...sourceSigns.map((text) => ({ bit: bits.source, text })),
]);

function signsIn(text: string): number {
  const { classes, next, shift, accepting, bits: bitsOf } = automaton;
  let state = 0;
  let seen = 0;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    state = unit < 0x80 ? (next[(state << shift) | (classes[unit] ?? 0)] ?? 0) : 0;
    if (state >= accepting) seen |= bitsOf[state] ?? 0;
  }
  return seen;
}

/** The first text of each kind. */
function knownTextsIn(text: string, facts: ResponseFacts): Leak[] {
  const lower = text.toLowerCase();
  const found = new Map<LeakKind, Leak>();
  for (const known of errorTexts) {
    const leak =
      found.get(known.kind)?.confidence === "high"
        ? undefined
        : knownTextIn(text, lower, known, facts);
    const before = found.get(known.kind);
    if (leak !== undefined && (before === undefined || leak.confidence === "high"))
      found.set(known.kind, leak);
  }
  return [...found.values()];
}

function knownTextIn(
  text: string,
  lower: string,
  { kind, text: known, what }: ErrorText,
  facts: ResponseFacts,
): Leak | undefined {
  const start = lower.indexOf(known);
  if (start < 0) return undefined;
  const span = { start, end: Math.min(text.length, start + known.length) };
  return { kind, what, ...span, confidence: confidenceOf(text, span, facts) };
}

/** As many words around an error make a text about errors. */
const proseWordsMax = 60;

/** An error's status says that it is one; a page about errors is found, and has sentences. */
function confidenceOf(
  text: string,
  span: { readonly start: number; readonly end: number },
  { status }: ResponseFacts,
): Confidence {
  if (status >= 500) return "high";
  if (proseWordsAround(text, span, proseWordsMax) >= proseWordsMax) return "low";
  return status >= 400 ? "high" : "medium";
}

function lessInProse(text: string, leak: Omit<Leak, "kind">): Omit<Leak, "kind"> {
  const isProse = leak.start > 0 && proseWordsAround(text, leak, proseWordsMax) >= proseWordsMax;
  return isProse ? { ...leak, confidence: "low" } : leak;
}
