import { isRecord } from "../../../model/is-record.ts";

/**
 * Parses a JSON object in UTF-8. Undefined for anything else, and for an object in which a member
 * is named twice: of those, two readers may see different values (RFC 8725, 2.4; RFC 7515, 4).
 */
export function tryParseStrictObject(
  bytes: Uint8Array,
): Readonly<Record<string, unknown>> | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || Array.isArray(value)) return undefined;
    return membersIn(value) === colonsOutsideStrings(text) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Members of all objects in a parsed value; a name given twice counts once. */
function membersIn(root: object): number {
  let count = 0;
  // A stack of our own: a hostile text nests deeper than functions may.
  const pending: object[] = [root];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    const children: unknown[] = Object.values(value);
    if (!Array.isArray(value)) count += children.length;
    for (const child of children) {
      if (typeof child === "object" && child !== null) pending.push(child);
    }
  }
  return count;
}

/** In valid JSON there is one for each member that was written. */
function colonsOutsideStrings(text: string): number {
  let count = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) isInString = !isInString;
    else if (code === 0x5c && isInString) at += 1;
    else if (code === 0x3a && !isInString) count += 1;
  }
  return count;
}
