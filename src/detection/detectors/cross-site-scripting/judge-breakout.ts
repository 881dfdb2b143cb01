import type { Match } from "../../detector.ts";
import { isHtmlSpace, isLetter } from "./characters.ts";
import { type Attribute, readAttributes } from "./html-tokenizer.ts";
import { judgeAttribute } from "./judge-attribute.ts";
import { readsAsLanguage } from "./language.ts";
import { eventNames } from "./script-table.ts";
import { rankScript } from "./script-text.ts";

/** More possible attributes in one value are not looked at. */
const candidatesMax = 64;

/**
 * Judges a value that stands inside a tag: it closes the quotes of an attribute, or needs none,
 * and adds an attribute of its own.
 */
export function judgeAttributeBreakout(value: string): Match | undefined {
  let best: Match | undefined;
  let equals = value.indexOf("=");
  for (let count = 0; equals >= 0 && count < candidatesMax; count++) {
    const start = nameStartBefore(value, equals);
    if (start >= 0) {
      const match = judgeCandidate(value, start);
      if (match?.confidence === "high") return match;
      best ??= match;
    }
    equals = value.indexOf("=", equals + 1);
  }
  return best;
}

/** Where the name of an attribute before an equals sign begins; -1 when none of interest does. */
function nameStartBefore(value: string, equals: number): number {
  let end = equals;
  while (end > 0 && isHtmlSpace(value.charCodeAt(end - 1)) && equals - end < 16) end--;
  let start = end;
  while (start > 0 && end - start < 56 && isLetter(value.charCodeAt(start - 1))) start--;
  if (!isTelling(value.slice(start, end).toLowerCase())) return -1;
  return start === 0 || isBoundary(value, start) ? start : -1;
}

function isTelling(name: string): boolean {
  return (name.startsWith("on") && name.length > 4) || name === "style" || name === "srcdoc";
}

function isBoundary(value: string, start: number): boolean {
  const code = value.charCodeAt(start - 1);
  return (
    isHtmlSpace(code) ||
    code === 0 ||
    code === 0x0b ||
    code > 0x7f ||
    "\"'`/;>".includes(value.charAt(start - 1))
  );
}

function judgeCandidate(value: string, start: number): Match | undefined {
  const attribute = readAttributes(value, start).attributes[0];
  if (attribute === undefined) return undefined;
  const match = judgeAttribute(value, "", attribute);
  if (match === undefined || attribute.value === "") return match;
  const confidence = attribute.name.startsWith("on")
    ? confidenceOfHandler(value, start, attribute, match)
    : match.confidence === "high"
      ? "high"
      : "low";
  return confidence === undefined ? undefined : { ...match, confidence };
}

/** Outside of a tag, a handler counts by its code and by the quote it closes. */
function confidenceOfHandler(
  value: string,
  start: number,
  attribute: Attribute,
  match: Match,
): Match["confidence"] | undefined {
  const breaks = closesQuote(value, start);
  const known = eventNames.has(attribute.name.slice(2));
  const meant = breaks && known;
  switch (rankScript(attribute.value)) {
    case "sink":
      return breaks || known ? "high" : "medium";
    case "call":
      return meant ? "medium" : "low";
    default:
      return meant && match.confidence === "high" ? "medium" : undefined;
  }
}

/** Whether a quote stands shortly before, as the end of the attribute the value was put into. */
function closesQuote(value: string, start: number): boolean {
  for (let at = start - 1; at >= Math.max(0, start - 64); at--) {
    const char = value.charAt(at);
    if ("\"'`“‘".includes(char)) return true;
    if (char === ">" || char === "<") return false;
  }
  return start < 2;
}

/** Judges a value that closes a JavaScript string and goes on with code: `';alert(1)//`. */
export function judgeStringBreakout(value: string): Match | undefined {
  for (const quote of ["'", '"', "`"]) {
    const at = value.indexOf(quote);
    if (at < 0) continue;
    const next = skipSpace(value, at + 1);
    if (next >= value.length || !startsCode(value, next)) continue;
    const rest = value.slice(next);
    if (rankScript(rest) !== "sink") continue;
    if (readsAsLanguage(rest)) continue;
    return {
      confidence: "high",
      start: at,
      end: Math.min(value.length, at + 256),
      explanation: `The ${quote} ends a string of JavaScript that the value is put into, and what follows runs as code.`,
    };
  }
  return judgeTemplateBreakout(value);
}

/** `${alert(1)}` in a template literal. */
function judgeTemplateBreakout(value: string): Match | undefined {
  const at = value.indexOf("${");
  if (at < 0 || rankScript(value.slice(at + 2)) !== "sink" || value.indexOf("}", at) < 0) {
    return undefined;
  }
  return {
    confidence: "medium",
    start: at,
    end: Math.min(value.length, at + 256),
    explanation:
      'The "${" begins an expression of a JavaScript template literal, which runs what is inside.',
  };
}

/** Operators and separators that may follow a string. */
function startsCode(value: string, at: number): boolean {
  return (
    ";+-*/%&|^,)<>=?:!~.[}{]\\".includes(value.charAt(at)) || value.charCodeAt(at - 1) === 0x0a
  );
}

function skipSpace(value: string, at: number): number {
  let next = at;
  while (next < value.length && value.charCodeAt(next) <= 0x20) next++;
  return next;
}
