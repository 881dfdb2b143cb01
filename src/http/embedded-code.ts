/** How code of server pages begins. */
const openings: readonly string[] = ["<?php", "<?PHP", "<?=", "<%", "<script language"];
/** A shorter run of text in a picture is an accident of its bytes. */
const runCharsMin = 16;
const runCharsMax = 4_096;
/** What stands before the code and shows that the file begins as something else. */
const leadBytesMax = 8;
const triesMax = 64;

/**
 * The first run of text within a binary file that begins like code of a server page, with the
 * file's first bytes before it: a picture that a web server may run.
 */
export function embeddedCodeOf(content: Uint8Array): string | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (bytes.indexOf(0) < 0) return undefined;
  for (const opening of openings) {
    let at = bytes.indexOf(opening);
    for (let nth = 0; at >= 0 && nth < triesMax; nth++) {
      const end = runEnd(bytes, at);
      if (end - at >= runCharsMin) {
        const lead = bytes.toString("latin1", 0, Math.min(leadBytesMax, at));
        return lead + bytes.toString("latin1", at, end);
      }
      at = bytes.indexOf(opening, at + opening.length);
    }
  }
  return undefined;
}

function runEnd(bytes: Buffer, from: number): number {
  const max = Math.min(bytes.length, from + runCharsMax);
  let at = from;
  while (at < max) {
    const code = bytes[at] ?? 0;
    const isText = (code >= 0x20 && code < 0x7f) || code === 0x09 || code === 0x0a || code === 0x0d;
    if (!isText) return at;
    at++;
  }
  return at;
}
