import type { Match } from "../../detector.ts";
import { isWordCode, lexCode } from "../../languages/code-token.ts";
import { proseWordsAround } from "../../languages/prose.ts";
import { judgeExpression } from "./judge-expression.ts";

/** Template syntax without paired marks, and probes that open several engines at once. */
export function judgeOtherSyntax(value: string): Match | undefined {
  return judgeSmarty(value) ?? judgePolyglot(value) ?? judgeVelocity(value);
}

/** `{7*7}`, `{system('id')}`, `{php}…{/php}`: Smarty and Latte have single braces. */
function judgeSmarty(value: string): Match | undefined {
  const text = value.trim();
  if (!text.startsWith("{")) return undefined;
  const lower = text.slice(0, 8).toLowerCase();
  const body = lower.startsWith("{php}") ? "runs PHP" : smartyBody(value, text);
  if (body === undefined) return undefined;
  return {
    confidence: "high",
    start: 0,
    end: Math.min(value.length, 256),
    explanation: `Smarty or Latte evaluate what stands in braces: the value ${body}.`,
  };
}

const smartyCharsMax = 512;

function smartyBody(value: string, text: string): string | undefined {
  if (text.length > smartyCharsMax || text.startsWith("{{")) return undefined;
  const start = value.indexOf("{") + 1;
  const close = value.indexOf("}", start);
  if (close < 0) return undefined;
  const tokens = lexCode(value, { start, end: close });
  // `{"a": 1}` and `{0}` are objects and placeholders.
  if (tokens.length < 2 || tokens.some(({ text: sign }) => sign === ":")) return undefined;
  const first = tokens[0]?.text;
  const rest = first === "if" || first === "=" ? tokens.slice(1) : tokens;
  const sign = judgeExpression(rest);
  if (sign === undefined || sign.kind === "call") return undefined;
  if (sign.kind === "engine" && first !== "$smarty") return undefined;
  return sign.what;
}

const proseWordsMax = 4;
const openers: readonly string[] = ["{{", "${", "<%", "#{", "{%", "[[", "@{", "*{"];

/** `${{<%[%'"}}%\`: made so that any engine fails over it. */
function judgePolyglot(value: string): Match | undefined {
  if (value.length > smartyCharsMax || !value.includes("{")) return undefined;
  const found = openers.filter((opener) => value.includes(opener));
  const quoted = value.includes("'") || value.includes('"');
  if (found.length < 3 || !quoted) return undefined;
  // A mail's template may have placeholders of two engines, but it has sentences.
  const start = value.indexOf(found[0] ?? "");
  if (proseWordsAround(value, { start, end: start + 1 }, proseWordsMax) >= proseWordsMax)
    return undefined;
  return {
    confidence: "medium",
    start: 0,
    end: value.length,
    explanation: `The value opens expressions of several template engines at once (${found.join(" ")}) to see which one fails.`,
  };
}

/** `$class.inspect("java.lang.Runtime").type.getRuntime().exec("id")`. */
function judgeVelocity(value: string): Match | undefined {
  if (!value.includes("(")) return undefined;
  let tried = 0;
  for (let start = value.indexOf("$"); start >= 0; start = value.indexOf("$", start + 1)) {
    if (value.charAt(start + 1) === "{" || !isReference(value, start)) continue;
    if (tried++ >= referencesMax) return undefined;
    const match = judgeReference(value, start);
    if (match !== undefined) return match;
  }
  return undefined;
}

/** More references of one value are not read. */
const referencesMax = 32;
const nameCharsMax = 64;

/** `$name.` or `$!name.` */
function isReference(value: string, start: number): boolean {
  let at = start + 1;
  if (value.charAt(at) === "!") at++;
  const max = at + nameCharsMax;
  while (at < max && isWordCode(value.charCodeAt(at))) at++;
  return value.charAt(at) === ".";
}

function judgeReference(value: string, start: number): Match | undefined {
  const tokens = lexCode(value, { start, end: Math.min(value.length, start + smartyCharsMax) });
  const sign = judgeExpression(tokens);
  if (sign?.kind !== "internals") return undefined;
  return {
    confidence: "high",
    start,
    end: tokens.at(-1)?.end ?? value.length,
    explanation: `Velocity evaluates references that begin with a dollar: this one ${sign.what}.`,
  };
}
