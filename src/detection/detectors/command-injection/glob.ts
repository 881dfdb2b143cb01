/** Patterns longer than this reach nothing that is looked for. */
const patternLengthMax = 64;

/**
 * Whether a shell glob (`*`, `?`, `[…]`) can stand for a text. At most 64 × the text's length
 * steps: only the last `*` is ever gone back to.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  if (pattern.length > patternLengthMax) return false;
  let at = 0;
  let to = 0;
  let starAt = -1;
  let starTo = 0;
  while (to < text.length) {
    const length = unitLengthAt(pattern, at);
    if (pattern.charCodeAt(at) === 0x2a) {
      starAt = at++;
      starTo = to;
    } else if (length > 0 && matchesUnit(pattern, at, length, text.charAt(to))) {
      at += length;
      to++;
    } else if (starAt >= 0) {
      at = starAt + 1;
      to = ++starTo;
    } else {
      return false;
    }
  }
  while (pattern.charCodeAt(at) === 0x2a) at++;
  return at === pattern.length;
}

function unitLengthAt(pattern: string, at: number): number {
  if (at >= pattern.length) return 0;
  if (pattern.charCodeAt(at) !== 0x5b) return 1;
  const end = pattern.indexOf("]", at + 2);
  return end < 0 ? 1 : end + 1 - at;
}

function matchesUnit(pattern: string, at: number, length: number, char: string): boolean {
  const first = pattern.charAt(at);
  if (length === 1) return first === "?" ? char !== "/" : first === char;
  const set = pattern.slice(at + 1, at + length - 1);
  const negated = set.startsWith("!") || set.startsWith("^");
  return inSet(negated ? set.slice(1) : set, char) !== negated;
}

function inSet(set: string, char: string): boolean {
  for (let at = 0; at < set.length; at++) {
    if (set.charAt(at + 1) === "-" && at + 2 < set.length) {
      if (char >= set.charAt(at) && char <= set.charAt(at + 2)) return true;
      at += 2;
    } else if (set.charAt(at) === char) {
      return true;
    }
  }
  return false;
}
