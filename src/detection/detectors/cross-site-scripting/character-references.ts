/** Named references that hide the characters script is written in. */
const named: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
  ["tab", "\t"],
  ["newline", "\n"],
  ["colon", ":"],
  ["semi", ";"],
  ["lpar", "("],
  ["rpar", ")"],
  ["equals", "="],
  ["comma", ","],
  ["period", "."],
  ["sol", "/"],
  ["bsol", "\\"],
  ["lsqb", "["],
  ["lbrack", "["],
  ["rsqb", "]"],
  ["rbrack", "]"],
  ["lcub", "{"],
  ["lbrace", "{"],
  ["rcub", "}"],
  ["rbrace", "}"],
  ["grave", "`"],
  ["diacriticalgrave", "`"],
  ["num", "#"],
  ["excl", "!"],
  ["dollar", "$"],
  ["percnt", "%"],
  ["plus", "+"],
  ["ast", "*"],
  ["lowbar", "_"],
  ["nbsp", "\u00a0"],
]);

/** Named references are at most this long. */
const nameLengthMax = 18;

/** Undoes character references as in an attribute value; a missing semicolon is forgiven. */
export function decodeCharacterReferences(text: string): string {
  let at = text.indexOf("&");
  if (at < 0) return text;
  let decoded = "";
  let from = 0;
  while (at >= 0) {
    const reference = referenceAt(text, at);
    if (reference === undefined) {
      at = text.indexOf("&", at + 1);
      continue;
    }
    decoded += text.slice(from, at) + reference.char;
    from = reference.end;
    at = text.indexOf("&", from);
  }
  return decoded + text.slice(from);
}

function referenceAt(text: string, at: number): { char: string; end: number } | undefined {
  if (text.charCodeAt(at + 1) !== 0x23) return namedReferenceAt(text, at);
  const hex = (text.charCodeAt(at + 2) | 0x20) === 0x78;
  const start = at + (hex ? 3 : 2);
  let end = start;
  let code = 0;
  for (; end < text.length; end++) {
    const digit = digitOf(text.charCodeAt(end));
    if (digit < 0 || digit >= (hex ? 16 : 10)) break;
    code = Math.min(code * (hex ? 16 : 10) + digit, 0x110000);
  }
  if (end === start) return undefined;
  const char = code === 0 || code > 0x10ffff ? "\ufffd" : String.fromCodePoint(code);
  return { char, end: text.charCodeAt(end) === 0x3b ? end + 1 : end };
}

function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function namedReferenceAt(text: string, at: number): { char: string; end: number } | undefined {
  const limit = Math.min(text.length, at + 1 + nameLengthMax);
  let end = at + 1;
  while (end < limit && isLetterCode(text.charCodeAt(end))) end++;
  const char = named.get(text.slice(at + 1, end).toLowerCase());
  if (char === undefined) return undefined;
  return { char, end: text.charCodeAt(end) === 0x3b ? end + 1 : end };
}

function isLetterCode(code: number): boolean {
  return (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
}
