import type { FileHead } from "./file-format.ts";

/**
 * What the head of a source says if it is one JSON document rather than lines of JSON: its first
 * key. Undefined when it is none, or not yet.
 */
export function firstKeyOf({ text }: FileHead): string | undefined {
  return /^\{\s*"([^"\\]{0,64})"\s*:/.exec(text)?.[1];
}

/** A brace alone on its line starts a document that was printed over several lines. */
export function isPrintedOverLines({ text }: FileHead): boolean {
  const lineEnd = text.indexOf("\n");
  return text.startsWith("{") && lineEnd > 0 && text.slice(1, lineEnd).trim() === "";
}

/** Too little of a JSON object was seen to tell its first key. */
export function isUndecidedObject(head: FileHead): boolean {
  const { text, isEnough } = head;
  if (isEnough || (text !== "" && !text.startsWith("{"))) return false;
  return firstKeyOf(head) === undefined && text.length < 128;
}
