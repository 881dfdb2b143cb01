import type { RequestHead } from "../../../model/exchange.ts";
import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { isLetter } from "./characters.ts";
import { scanTags } from "./html-tokenizer.ts";
import { judgeAttributeBreakout, judgeStringBreakout } from "./judge-breakout.ts";
import { decodeUtf7, foldBrackets } from "./judge-charset.ts";
import { judgeDeclaration } from "./judge-declaration.ts";
import { judgeTag } from "./judge-tag.ts";
import { judgeExpression, judgeUrl } from "./judge-whole.ts";
import { reachingNames } from "./script-table.ts";
import { decodeScriptEscapes } from "./script-text.ts";

/**
 * Finds values in which a browser would find script: `<svg onload=alert(1)>`,
 * `" onmouseover=alert(1) x="`, `';alert(1)//`, `javascript:…`. Formatted text, links and
 * pictures pass; markup that is only mentioned stays at low confidence.
 */
export const crossSiteScripting: Detector = {
  id: "cross-site-scripting",
  summary:
    "Values in which a browser that shows them finds script: elements, event handlers, script addresses, and code that breaks out of an attribute or a JavaScript string.",
  requires: [
    characterClass.lessThan |
      characterClass.equals |
      characterClass.parenthesis |
      characterClass.colon |
      characterClass.backtick |
      characterClass.backslash |
      characterClass.bracket |
      characterClass.plus |
      characterClass.dot |
      characterClass.nonAscii,
    characterClass.letter | characterClass.bracket,
  ],
  signs: {
    classes:
      characterClass.lessThan |
      characterClass.equals |
      characterClass.parenthesis |
      characterClass.backtick |
      characterClass.bracket |
      characterClass.backslash |
      characterClass.ampersand |
      characterClass.percent |
      characterClass.plus |
      characterClass.newline |
      characterClass.control |
      characterClass.nonAscii,
    // A script scheme, names through which script reaches the page, comments that take one apart.
    texts: ["script:", "mocha:", "data:", "\t", "/*", ...reachingNames],
  },

  detect(field: Field, _request?: RequestHead, classes = -1): Match | undefined {
    const { value } = field;
    const match = inContext(field, judge(value));
    if (match?.confidence === "high") return match;
    if ((classes & hidingClasses) === 0) return match;
    const hidden = inContext(field, judgeHidden(value));
    return hidden === undefined ||
      (match !== undefined && rank[match.confidence] >= rank[hidden.confidence])
      ? match
      : hidden;
  },
};

/** What look-alikes of brackets, UTF-7, escapes and forms are written with. */
const hidingClasses = characterClass.nonAscii | characterClass.plus | characterClass.backslash;

/** Where the value stood, and how it was written, may take some of the sureness away. */
function inContext(field: Field, match: Match | undefined): Match | undefined {
  if (match === undefined) return undefined;
  // A route may be called `document.cookie`; only what breaks out counts there.
  const isRoute = field.location === "path" && !/[<("'`]/.test(field.value);
  // `&lt;script&gt;` in a formatted text is the text of an example, written as it should be.
  const isQuoted =
    field.decoding === "html" && hasStartTag(field.origin) && hasEscapedTag(field.origin);
  const isMention =
    field.decoding === "html" && match.confidence === "medium" && !field.value.includes("(");
  return isRoute || isQuoted || isMention ? { ...match, confidence: "low" } : match;
}

function hasEscapedTag(field: Field | undefined): boolean {
  const value = field?.value.toLowerCase() ?? "";
  return value.includes("&lt;") || value.includes("&#60") || value.includes("&#x3c");
}

function hasStartTag(field: Field | undefined): boolean {
  return field !== undefined && startTagIn(field.value) < field.value.length;
}

/** Where the first start tag begins, or the length of the value. */
function startTagIn(value: string): number {
  for (let at = value.indexOf("<"); at >= 0; at = value.indexOf("<", at + 1)) {
    if (isLetter(value.charCodeAt(at + 1))) return at;
  }
  return value.length;
}

const rank = { low: 1, medium: 2, high: 3 } as const;

function judge(value: string): Match | undefined {
  let best: Match | undefined;
  const offer = (match: Match | undefined): void => {
    if (match === undefined) return;
    if (best === undefined || rank[match.confidence] > rank[best.confidence]) best = match;
  };
  if (value.includes("<")) {
    const opened = new Set<string>();
    scanTags(value, (tag) => {
      if (best?.confidence !== "high") offer(judgeTag(value, tag, opened));
    });
    offer(judgeDeclaration(value));
  }
  if (isHigh(best)) return best;
  offer(judgeUrl(value));
  if (value.includes("=")) offer(judgeAttributeBreakout(value));
  if (isHigh(best)) return best;
  offer(judgeStringBreakout(value));
  // What runs in tags was found above; before them, a handler may be going on.
  if (!isHigh(best)) offer(judgeExpression(value.slice(0, startTagIn(value))));
  return best;
}

function isHigh(match: Match | undefined): boolean {
  return match?.confidence === "high";
}

/** Values that become dangerous once a charset or a script language reads them. */
function judgeHidden(value: string): Match | undefined {
  const utf7 = decodeUtf7(value);
  // Nobody writes angle brackets in UTF-7 but to hide them.
  if (utf7?.includes("<")) return hiddenMatch(value, judge(utf7), "medium");
  for (const decoded of [foldBrackets(value), unescaped(value), withPlainSpaces(value)]) {
    if (!decoded?.includes("<")) continue;
    const match = judge(decoded);
    if (match !== undefined) {
      return hiddenMatch(value, match, match.confidence === "high" ? "medium" : "low");
    }
  }
  return undefined;
}

function hiddenMatch(
  value: string,
  match: Match | undefined,
  confidence: Match["confidence"],
): Match {
  const found = match?.explanation ?? "The value contains markup.";
  const explanation = `Read in another encoding, which some browsers and scripts do: ${found}`;
  return { confidence, start: 0, end: Math.min(value.length, 256), explanation };
}

/** `<img+src=x+onerror=…>` where a form was not decoded. */
function withPlainSpaces(value: string): string | undefined {
  if (!value.includes("<") || !value.includes("+") || value.includes(" ")) return undefined;
  return value.replaceAll("+", " ");
}

/** `\x3csvg`, `\u003csvg`, `\74svg` in a string of JavaScript. */
function unescaped(value: string): string | undefined {
  const has = value.includes("\\x3") || value.includes("\\u003") || value.includes("\\74");
  return has ? decodeScriptEscapes(value) : undefined;
}
