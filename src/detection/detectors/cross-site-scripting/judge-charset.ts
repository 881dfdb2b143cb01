/** `+ADw-`, `+AD4-`: angle brackets in UTF-7, which old browsers guessed. */
export function decodeUtf7(value: string): string | undefined {
  if (!value.includes("+AD") && !value.includes("+ACI") && !value.includes("+ACc"))
    return undefined;
  let decoded = "";
  let from = 0;
  let at = value.indexOf("+");
  while (at >= 0) {
    let end = at + 1;
    while (end < value.length && end - at < 64 && isBase64(value.charCodeAt(end))) end++;
    const text = decodeBase64Units(value.slice(at + 1, end));
    // Without the closing hyphen it is a plus sign before a word.
    if (text !== undefined && value.charAt(end) === "-") {
      decoded += value.slice(from, at) + text;
      from = end + 1;
    }
    at = value.indexOf("+", Math.max(end, at + 1));
  }
  return decoded + value.slice(from);
}

function isBase64(code: number): boolean {
  const isLetter = (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;
  return isLetter || (code >= 0x30 && code <= 0x39) || code === 0x2f;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** UTF-16 code units in base64 without padding; undefined when they are no ASCII text. */
function decodeBase64Units(text: string): string | undefined {
  if (text.length < 3) return undefined;
  let bits = 0;
  let held = 0;
  let decoded = "";
  for (const char of text) {
    held = (held << 6) | alphabet.indexOf(char);
    bits += 6;
    if (bits < 16) continue;
    bits -= 16;
    const unit = (held >>> bits) & 0xffff;
    held &= (1 << bits) - 1;
    if (unit === 0 || unit > 0x7f) return undefined;
    decoded += String.fromCharCode(unit);
  }
  return decoded;
}

/** Wide and 7-bit look-alikes of angle brackets, which some databases and charsets fold. */
export function foldBrackets(value: string): string | undefined {
  if (!hasFoldedBracket(value)) return undefined;
  let folded = "";
  let copiedTo = 0;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    const char = code < leastFolded ? undefined : brackets.get(code);
    if (char === undefined) continue;
    folded += value.slice(copiedTo, at) + char;
    copiedTo = at + 1;
  }
  return folded + value.slice(copiedTo);
}

function hasFoldedBracket(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code >= leastFolded && brackets.get(code) === "<") return true;
  }
  return false;
}

const leastFolded = 0xa2;

const brackets: ReadonlyMap<number, string> = new Map([
  [0xbc, "<"],
  [0xbe, ">"],
  [0xa2, '"'],
  [0xff1c, "<"],
  [0xff1e, ">"],
  [0xfe64, "<"],
  [0xfe65, ">"],
  [0x2039, "<"],
  [0x203a, ">"],
  [0xff0f, "/"],
  [0xff1d, "="],
]);
