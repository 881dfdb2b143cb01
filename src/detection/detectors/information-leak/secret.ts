import type { Confidence } from "../../../model/detection.ts";

/** A credential that stands in a text. */
export interface SecretFound {
  readonly confidence: Confidence;
  readonly start: number;
  readonly end: number;
  readonly what: string;
}

interface SecretForm {
  /** In lower case, for a first look. */
  readonly sign: string;
  readonly prefix: string;
  readonly charsMin: number;
  readonly charsMax: number;
  readonly what: string;
}

function form(prefix: string, charsMin: number, charsMax: number, what: string): SecretForm {
  return { sign: prefix.toLowerCase(), prefix, charsMin, charsMax, what };
}

/** Credentials whose issuers gave them a form of their own; `chars` counts what follows the prefix. */
const forms: readonly SecretForm[] = [
  form("AKIA", 16, 16, "an access key of AWS"),
  form("ASIA", 16, 16, "a temporary access key of AWS"),
  form("ghp_", 36, 251, "a token of GitHub"),
  form("gho_", 36, 251, "a token of GitHub"),
  form("ghs_", 36, 251, "a token of GitHub"),
  form("github_pat_", 60, 251, "a token of GitHub"),
  form("glpat-", 20, 64, "a token of GitLab"),
  form("xoxb-", 20, 255, "a token of Slack"),
  form("xoxp-", 20, 255, "a token of Slack"),
  form("sk_live_", 20, 255, "a secret key of Stripe"),
  form("rk_live_", 20, 255, "a secret key of Stripe"),
  form("npm_", 36, 36, "a token of npm"),
  form("dop_v1_", 64, 64, "a token of DigitalOcean"),
  form("hvs.", 24, 255, "a token of Vault"),
  form("shpat_", 32, 32, "a token of Shopify"),
  form("sk-ant-", 40, 255, "a key of Anthropic"),
  form("sk-proj-", 40, 255, "a key of OpenAI"),
];

/** Texts of which one occurs in every secret that is looked for, in lower case. */
export const secretSigns: readonly string[] = [
  "private key-----",
  ...forms.map(({ sign }) => sign),
];

const triesMax = 256;

/** The first credential of a text: a private key, or a token of a known issuer. */
export function secretIn(text: string): SecretFound | undefined {
  return privateKeyIn(text) ?? tokenIn(text);
}

const keyCharsMin = 48;

/** A key's first line has 64 signs of base64; documentation has three dots. */
function privateKeyIn(text: string): SecretFound | undefined {
  const mark = "PRIVATE KEY-----";
  let at = text.indexOf(mark);
  for (let nth = 0; at >= 0 && nth < triesMax; nth++) {
    const lineStart = text.lastIndexOf("-----BEGIN ", at);
    const content = skipLineEnds(text, at + mark.length);
    const end = runEnd(text, content, isBase64Code, keyCharsMin);
    if (
      lineStart >= 0 &&
      at - lineStart < 40 &&
      end - content >= keyCharsMin &&
      isVaried(text.slice(content, end))
    )
      return { confidence: "high", start: lineStart, end: at + mark.length, what: "a private key" };
    at = text.indexOf(mark, at + mark.length);
  }
  return undefined;
}

function tokenIn(text: string): SecretFound | undefined {
  for (const { prefix, charsMin, charsMax, what } of forms) {
    let at = text.indexOf(prefix);
    for (let nth = 0; at >= 0 && nth < triesMax; nth++) {
      const from = at + prefix.length;
      const end = runEnd(text, from, isTokenCode, charsMax + 1);
      const isWhole = at === 0 || !isTokenCode(text.charCodeAt(at - 1));
      if (
        isWhole &&
        end - from >= charsMin &&
        end - from <= charsMax &&
        isVaried(text.slice(from, end))
      )
        // The prefix alone is evidence enough, and nothing of the secret is recorded.
        return { confidence: "medium", start: at, end: from, what };
      at = text.indexOf(prefix, from);
    }
  }
  return undefined;
}

function skipLineEnds(text: string, from: number): number {
  let at = from;
  while (
    at < from + 8 &&
    (text.charCodeAt(at) <= 0x20 ||
      text[at] === "\\" ||
      (text[at - 1] === "\\" && (text[at] === "n" || text[at] === "r")))
  )
    at++;
  return at;
}

function runEnd(
  text: string,
  from: number,
  isCode: (code: number) => boolean,
  max: number,
): number {
  let at = from;
  while (at < text.length && at < from + max && isCode(text.charCodeAt(at))) at++;
  return at;
}

/** Examples repeat a letter or say what they are. */
function isVaried(secret: string): boolean {
  const lower = secret.toLowerCase();
  if (lower.includes("example") || lower.includes("xxxx") || lower.includes("your")) return false;
  return new Set(lower).size >= Math.min(8, secret.length / 2);
}

function isBase64Code(code: number): boolean {
  return isAlphanumeric(code) || code === 0x2b || code === 0x2f || code === 0x3d;
}

function isTokenCode(code: number): boolean {
  return isAlphanumeric(code) || code === 0x5f || code === 0x2d;
}

function isAlphanumeric(code: number): boolean {
  const letter = code | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || (code >= 0x30 && code <= 0x39);
}
