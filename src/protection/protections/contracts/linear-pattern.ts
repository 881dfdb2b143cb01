import { RE2JS } from "re2js";

/** A compiled pattern that takes linear time on whatever a client sends. */
export interface LinearPattern {
  test(text: string): boolean;
}

/** Longer patterns cost more to compile than any parameter deserves. */
const patternCharsMax = 2_000;
/** What bounded repetitions may multiply to before an engine that backtracks is not trusted. */
const choicesMax = 64;

/**
 * Compiles a pattern of a specification, searched for as JSON Schema wants it. Patterns whose form
 * cannot backtrack run on the built-in engine, the others on RE2. Undefined when neither may have
 * it: look-around, back-references, or no pattern at all.
 */
export function tryCompilePattern(source: string): LinearPattern | undefined {
  if (source.length > patternCharsMax) return undefined;
  try {
    const native = new RegExp(source, "u");
    if (isBacktrackFree(source)) return native;
  } catch {
    // Many descriptions escape what the Unicode mode does not want escaped; RE2 is lenient.
  }
  try {
    const pattern = RE2JS.compile(source);
    return { test: (text) => pattern.matcher(text).find() };
  } catch {
    return undefined;
  }
}

/**
 * Whether a pattern is of a form that cannot backtrack badly: it starts at the start of the text,
 * repeats no group that has a repetition in it, and has at most one unbounded repetition.
 */
function isBacktrackFree(source: string): boolean {
  if (!source.startsWith("^") || /\\[1-9k]|\(\?[=!<]/.test(source)) return false;
  const choices = new Choices();
  return tokensOf(source).every((token) => choices.take(token)) && choices.areFew;
}

interface Token {
  readonly kind: "atom" | "open" | "close" | "or";
  readonly quantifier?: Quantifier;
}

function tokensOf(source: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < source.length; at += 1) {
    const character = source[at];
    const kind = kinds[character ?? ""] ?? "atom";
    if (character === "\\") at += 1;
    else if (character === "[") at = classEnd(source, at);
    const quantifier = kind === "open" || kind === "or" ? undefined : quantifierAt(source, at + 1);
    if (quantifier !== undefined) at += quantifier.length;
    tokens.push(quantifier === undefined ? { kind } : { kind, quantifier });
  }
  return tokens;
}

const kinds: Readonly<Record<string, Token["kind"]>> = { "(": "open", ")": "close", "|": "or" };

/** Counts how many ways a pattern has to match the same text. */
class Choices {
  readonly #openings: number[] = [];
  #choices = 1;
  #unbounded = 0;
  /** Places so far that can match in more than one way. */
  #forks = 0;

  get areFew(): boolean {
    return this.#unbounded <= 1 && this.#choices <= choicesMax;
  }

  /** False for what is never few: a choice outside of groups, and a repeated one. */
  take({ kind, quantifier = once }: Token): boolean {
    const isRepeated = quantifier.max > 1;
    if (kind === "or") return this.#takeChoice();
    if (kind === "open") this.#openings.push(this.#forks);
    if (kind === "close" && this.#forks > (this.#openings.pop() ?? 0) && isRepeated) return false;
    this.#takeRepetition(quantifier);
    return true;
  }

  /** `^a|b` starts at the start only in its first half. */
  #takeChoice(): boolean {
    this.#choices *= 2;
    this.#forks += 1;
    return this.#openings.length > 0;
  }

  #takeRepetition({ min, max }: Quantifier): void {
    if (max === min) return;
    this.#forks += 1;
    if (max === Number.POSITIVE_INFINITY) this.#unbounded += 1;
    else this.#choices *= max - min + 1;
  }
}

interface Quantifier {
  readonly min: number;
  readonly max: number;
  readonly length: number;
}

const once: Quantifier = { min: 1, max: 1, length: 0 };

function quantifierAt(source: string, at: number): Quantifier | undefined {
  const character = source[at];
  const lazy = (length: number): number => (source[at + length] === "?" ? length + 1 : length);
  if (character === "*") return { min: 0, max: Number.POSITIVE_INFINITY, length: lazy(1) };
  if (character === "+") return { min: 1, max: Number.POSITIVE_INFINITY, length: lazy(1) };
  if (character === "?") return { min: 0, max: 1, length: lazy(1) };
  if (character !== "{") return undefined;
  const found = /^\{(\d+)(,?)(\d*)\}/.exec(source.slice(at, at + 24));
  if (found === null) return undefined;
  const [text, low = "0", comma = "", high = ""] = found;
  const min = Number(low);
  const open = high === "" ? Number.POSITIVE_INFINITY : Number(high);
  return { min, max: comma === "" ? min : open, length: lazy(text.length) };
}

/** The index of the bracket that ends a character class. */
function classEnd(source: string, from: number): number {
  for (let at = from + 1; at < source.length; at += 1) {
    if (source[at] === "\\") at += 1;
    else if (source[at] === "]") return at;
  }
  return source.length;
}
