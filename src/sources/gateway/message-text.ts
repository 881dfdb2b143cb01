import type { HeaderLines } from "./header-lines.ts";

/** Field lines as HTTP/1.1 writes them, each with its line end. */
export function headerLinesText(lines: HeaderLines | undefined): string {
  if (lines === undefined) return "";
  let text = "";
  for (let index = 0; index < lines.names.length; index += 1) {
    text += `${lines.names[index]}: ${lines.headers[index]?.[1]}\r\n`;
  }
  return text;
}
