import type { Match } from "../../detector.ts";
import { isNameCode } from "./characters.ts";
import { hasWords, readsAsLanguage } from "./language.ts";
import { rankScript } from "./script-text.ts";
import {
  findDocumentUrl,
  findScriptUrl,
  isDisguised,
  isIdleScript,
  type ScriptUrl,
} from "./script-url.ts";
import { findActiveStyle, linksScript } from "./style-text.ts";

/** Scripts that attackers type are shorter; longer values are texts or programs. */
const expressionLengthMax = 2_048;

/** Judges a value that, as a whole or behind a quote, is an address a browser would run. */
export function judgeUrl(value: string): Match | undefined {
  if (!value.includes(":") && !value.includes("&") && !value.includes("%")) return undefined;
  if (!mayBeginScheme(value)) return judgeInnerUrl(value);
  const script = findScriptUrl(value) ?? findScriptUrl(withoutQuotes(value));
  if (script !== undefined) return judgeScriptUrl(value, script);
  const document = findDocumentUrl(withoutQuotes(value));
  if (document === undefined) return judgeInnerUrl(value);
  return whole(
    value,
    isActiveDocument(document.rest) ? "high" : "low",
    `The value is a "${document.scheme}" address: a browser that opens it shows a page of the attacker's.`,
  );
}

/** Cheap refusal: the first character that counts begins no scheme of interest. */
function mayBeginScheme(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const char = value.charAt(at);
    if (char <= " " || char > "\u007f" || "\"'`\\".includes(char)) continue;
    return "jvlmfd&%".includes(char.toLowerCase());
  }
  return false;
}

function judgeScriptUrl(value: string, { scheme, rest }: ScriptUrl): Match | undefined {
  if (isIdleScript(value)) return undefined;
  const runs = rankScript(rest) === "sink";
  if (!runs && readsAsLanguage(rest)) return undefined;
  const bare = !runs && !hasCode(rest);
  const confidence = !bare ? "high" : isDisguised(value, scheme) ? "medium" : "low";
  return whole(
    value,
    confidence,
    `The value is a "${scheme}" address: used as a link or source, a browser runs it.`,
  );
}

function hasCode(text: string): boolean {
  for (const char of text) if ("(`=/".includes(char)) return true;
  return false;
}

function withoutQuotes(value: string): string {
  let start = 0;
  while (start < 4 && "\"'`".includes(value.charAt(start) || " ")) start++;
  return value.slice(start);
}

/** `?next=javascript:alert(1)`: an address inside of another one. */
function judgeInnerUrl(value: string): Match | undefined {
  if (!value.includes(":")) return undefined;
  const at = value.toLowerCase().indexOf("javascript:");
  if (at <= 0 || isNameCode(value.charCodeAt(at - 1))) return undefined;
  if (rankScript(value.slice(at + 11)) !== "sink") return undefined;
  const confidence = readsAsLanguage(value) ? "low" : "high";
  return {
    confidence,
    start: at,
    end: Math.min(value.length, at + 256),
    explanation:
      'The value contains a "javascript:" address, which a browser runs when it follows it.',
  };
}

/** Script or base64, which hides it; `%3C` is left when an address was decoded only once. */
function isActiveDocument(rest: string): boolean {
  if (rest.startsWith(";base64,") && rest.length > 8) return true;
  return rest.includes("<") || rest.includes("%3c") || rankScript(rest) === "sink";
}

/** Judges a value that, as a whole, is a script or a style. */
export function judgeExpression(value: string): Match | undefined {
  if (value.length > expressionLengthMax || !mayBeScript(value)) return undefined;
  if (readsAsLanguage(value)) return undefined;
  if (linksScript(value)) {
    return whole(value, "medium", "The value is a style with a script address in it.");
  }
  if (hasWords(value)) return undefined;
  if (isExpression(value)) {
    return whole(
      value,
      isProgram(value) ? "low" : "medium",
      "The value is an expression of JavaScript that reaches the page; put into a script or an event handler, it runs.",
    );
  }
  const active = value.includes(":") ? findActiveStyle(value) : undefined;
  if (active === undefined || rankScript(value) !== "sink") return undefined;
  return whole(value, "medium", `The value is a style that runs script through "${active}".`);
}

/** Cheap refusal: nothing runs without a call, a member in brackets, an assignment, or a root. */
function mayBeScript(value: string): boolean {
  return (
    value.includes("(") ||
    value.includes("`") ||
    value.includes("[") ||
    value.includes("=") ||
    value.includes("document") ||
    value.includes("window") ||
    value.includes("location")
  );
}

/** A call of something that attacks call, in a value that is code from end to end. */
function isExpression(value: string): boolean {
  if (rankScript(value) !== "sink") return false;
  let spaced = 0;
  for (let at = 0; at < value.length; at++) if (value.charCodeAt(at) === 0x20) spaced++;
  // A few words around one call are a sentence that mentions it.
  return spaced * 8 <= value.length || spaced < 3;
}

const declarations = [
  "const ",
  "let ",
  "function ",
  "async ",
  "import ",
  "export ",
  "class ",
  "//",
  "/*\n",
];

/** Source code that a developer wrote begins with a declaration; an injected expression does not. */
function isProgram(value: string): boolean {
  return declarations.some((start) => value.startsWith(start));
}

function whole(value: string, confidence: Match["confidence"], explanation: string): Match {
  return { confidence, start: 0, end: Math.min(value.length, 256), explanation };
}
