/**
 * Undoes HTML and XML character references: numeric ones, and the named ones that matter to
 * attacks. What would make the result longer than `charsMax` stays as it is.
 */
export function htmlDecoded(
  value: string,
  named: ReadonlyMap<string, string> = namedCharacters,
  charsMax: number = Number.POSITIVE_INFINITY,
): string {
  let decoded = "";
  let copiedTo = 0;
  let at = value.indexOf("&");
  while (at >= 0 && decoded.length <= charsMax) {
    const end = referenceEndAt(value, at);
    const character = end < 0 ? undefined : characterOf(value.slice(at + 1, end), named);
    if (character === undefined) {
      at = value.indexOf("&", at + 1);
      continue;
    }
    decoded += value.slice(copiedTo, at) + character;
    copiedTo = value.charCodeAt(end) === 0x3b ? end + 1 : end;
    at = value.indexOf("&", copiedTo);
  }
  return copiedTo === 0 ? value : decoded + value.slice(copiedTo);
}

const nameCharsMax = 64;

/** Where the name or number after an ampersand ends, or -1: browsers read `&lt` without semicolon. */
function referenceEndAt(value: string, at: number): number {
  const isNumber = value.charCodeAt(at + 1) === 0x23;
  const isHex = isNumber && (value.charCodeAt(at + 2) | 0x20) === 0x78;
  const start = at + 1 + (isNumber ? 1 : 0) + (isHex ? 1 : 0);
  const longest = Math.min(value.length, start + nameCharsMax);
  let end = start;
  while (end < longest && isReferenceCharacter(value.charCodeAt(end), isNumber, isHex)) end++;
  if (end === start) return -1;
  // `&lt=5` is a parameter in a URL; browsers leave it alone in attributes too.
  return value.charCodeAt(end) === 0x3d && !isNumber ? -1 : end;
}

function isReferenceCharacter(code: number, isNumber: boolean, isHex: boolean): boolean {
  const letter = code | 0x20;
  if (code >= 0x30 && code <= 0x39) return true;
  if (isNumber) return isHex && letter >= 0x61 && letter <= 0x66;
  return (letter >= 0x61 && letter <= 0x7a) || isJoint(code);
}

function characterOf(reference: string, named: ReadonlyMap<string, string>): string | undefined {
  if (reference.charCodeAt(0) !== 0x23) return named.get(reference);
  const isHex = (reference.charCodeAt(1) | 0x20) === 0x78;
  const point = Number.parseInt(reference.slice(isHex ? 2 : 1), isHex ? 16 : 10);
  return point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}

/** `.`, `-`, `_` and `:` occur in the names of XML entities. */
function isJoint(code: number): boolean {
  return code === 0x2e || code === 0x2d || code === 0x5f || code === 0x3a;
}

/** The five references that XML defines itself. */
export const xmlCharacters: ReadonlyMap<string, string> = new Map([
  ["lt", "<"],
  ["gt", ">"],
  ["amp", "&"],
  ["quot", '"'],
  ["apos", "'"],
]);

const namedCharacters: ReadonlyMap<string, string> = new Map([
  ...xmlCharacters,
  ["LT", "<"],
  ["GT", ">"],
  ["AMP", "&"],
  ["QUOT", '"'],
  ["nbsp", "\u00a0"],
  ["Tab", "\t"],
  ["NewLine", "\n"],
  ["excl", "!"],
  ["num", "#"],
  ["dollar", "$"],
  ["percnt", "%"],
  ["lpar", "("],
  ["rpar", ")"],
  ["ast", "*"],
  ["plus", "+"],
  ["comma", ","],
  ["period", "."],
  ["sol", "/"],
  ["bsol", "\\"],
  ["colon", ":"],
  ["semi", ";"],
  ["equals", "="],
  ["quest", "?"],
  ["commat", "@"],
  ["lsqb", "["],
  ["lbrack", "["],
  ["rsqb", "]"],
  ["rbrack", "]"],
  ["lbrace", "{"],
  ["lcub", "{"],
  ["rbrace", "}"],
  ["rcub", "}"],
  ["verbar", "|"],
  ["vert", "|"],
  ["grave", "`"],
  ["lowbar", "_"],
]);
