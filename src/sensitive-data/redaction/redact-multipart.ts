import type { ValueHider } from "./value-hider.ts";

const boundaryCharactersMax = 70;

/** Redacts the values of a multipart body; the content of files is told by its length only. */
export function redactMultipart(text: string, hider: ValueHider, isCut: boolean): string {
  const boundary = text.slice(0, indexOr(text, "\n")).trimEnd();
  if (!boundary.startsWith("--") || boundary.length > boundaryCharactersMax + 2) {
    return hider.text(isCut ? "" : text);
  }
  const parts = text.split(boundary);
  // The last part of a cut body may end in the middle of a value.
  const whole = isCut ? parts.slice(0, -1) : parts;
  return whole.map((part) => redactPart(part, hider)).join(boundary);
}

function redactPart(part: string, hider: ValueHider): string {
  const blank = endOfHead(part);
  if (blank === undefined) return hider.text(part);
  const head = part.slice(0, blank);
  const name = nameIn(head);
  const content = part.slice(blank).trim();
  const isFile = /\bfilename\*?=/i.test(head);
  const shown = isFile ? `<${content.length} characters of a file>` : hider.value(name, content);
  return `${hider.text(head)}\r\n\r\n${shown}\r\n`;
}

function endOfHead(part: string): number | undefined {
  const ends = [part.indexOf("\r\n\r\n"), part.indexOf("\n\n")].filter((at) => at >= 0);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

function nameIn(head: string): string {
  const mark = ' name="';
  const start = head.indexOf(mark);
  if (start < 0) return "";
  const end = head.indexOf('"', start + mark.length);
  return end < 0 ? "" : head.slice(start + mark.length, end);
}

function indexOr(text: string, wanted: string): number {
  const at = text.indexOf(wanted);
  return at < 0 ? text.length : at;
}
