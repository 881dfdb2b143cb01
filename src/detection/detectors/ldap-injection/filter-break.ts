/** Where a value leaves the condition of a filter in which it was put. */
export interface FilterBreak {
  readonly start: number;
  readonly end: number;
  /** Without any space, as filters are written and sentences are not. */
  readonly isGlued: boolean;
  readonly what: string;
}

/** More closing parentheses of one value are not tried. */
const triesMax = 64;

/** Finds a closing parenthesis that the value did not open, with a filter behind it. */
export function findFilterBreak(value: string): FilterBreak | undefined {
  const appended = findAppended(value);
  if (appended !== undefined) return appended;
  let depth = 0;
  let tries = 0;
  for (let at = 0; at < value.length && tries < triesMax; at++) {
    const code = value.charCodeAt(at);
    if (code === 0x28) depth++;
    else if (code === 0x29) {
      depth--;
      if (depth >= 0) continue;
      tries++;
      const found = readBehind(value, at);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** `*(|(mail=*))`, `*()|&'`: a filter straight behind a wildcard at the start. */
function findAppended(value: string): FilterBreak | undefined {
  if (!value.startsWith("*(")) return undefined;
  const next = value.charAt(2);
  const isFilter = next === "|" || next === "&" || next === "!" || value.startsWith("()", 1);
  if (!isFilter) return undefined;
  return {
    start: 0,
    end: Math.min(value.length, 160),
    isGlued: true,
    what: "adds a filter behind a wildcard",
  };
}

const gapCharsMax = 24;

function readBehind(value: string, close: number): FilterBreak | undefined {
  let at = close + 1;
  // Closing marks and operators may stand between the conditions of a filter.
  while (at < value.length && at < close + gapCharsMax && ")&|! \t".includes(value.charAt(at)))
    at++;
  const isGlued = value.slice(close, at).trim().length === at - close;
  const range = { start: Math.max(0, close - 32), end: Math.min(value.length, at + 64), isGlued };
  if (value.charCodeAt(at) === 0 || value.startsWith("%00", at)) {
    return isFilterEnd(value, close)
      ? { ...range, what: "cuts the filter off with a NUL" }
      : undefined;
  }
  const what = openedAt(value, at);
  return what === undefined ? undefined : { ...range, what };
}

function openedAt(value: string, at: number): string | undefined {
  if (value.charCodeAt(at) !== 0x28) return undefined;
  const opened = skipOpened(value, at);
  const isEnd = opened.at >= value.length - 1;
  if (opened.operators > 0 && (isFilterStart(value, opened.at) || isEnd)) {
    return "closes a condition and opens a group of its own";
  }
  return isCondition(value, opened.at) ? "closes a condition and adds another one" : undefined;
}

/** `*)` and `x))` before a NUL: something was closed that a filter has. */
function isFilterEnd(value: string, close: number): boolean {
  return value.charAt(close - 1) === "*" || value.charAt(close - 1) === ")" || value.includes("(");
}

/** Skips `(`, `((`, `(|(`, `( &`. */
function skipOpened(
  value: string,
  from: number,
): { readonly at: number; readonly operators: number } {
  let at = from;
  let operators = 0;
  while (at < from + 12 && "(&|! \t".includes(value.charAt(at)) && at < value.length) {
    if ("&|!".includes(value.charAt(at))) operators++;
    at++;
  }
  return { at, operators };
}

function isFilterStart(value: string, at: number): boolean {
  return value.charAt(at) === ")" || isCondition(value, at);
}

const attributeCharsMax = 64;

/** `uid=`, `cn>=`, `userPassword:2.5.13.18:=`. */
function isCondition(value: string, from: number): boolean {
  let at = from;
  while (at < from + attributeCharsMax && isAttributeCode(value.charCodeAt(at))) at++;
  if (at === from) return false;
  const sign = value.charAt(at);
  return (
    sign === "=" || ((sign === ">" || sign === "<" || sign === "~") && value.charAt(at + 1) === "=")
  );
}

function isAttributeCode(code: number): boolean {
  const letter = code | 0x20;
  return (
    (letter >= 0x61 && letter <= 0x7a) ||
    (code >= 0x30 && code <= 0x3a) ||
    code === 0x2d ||
    code === 0x2e ||
    code === 0x3b
  );
}
