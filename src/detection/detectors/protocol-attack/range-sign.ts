import { type ProtocolSign, sign } from "./protocol-sign.ts";

/** Players and download managers ask for a few ranges. */
const rangesMax = 10;

/** Many, overlapping or reversed ranges, for each of which a server may copy the whole file (RFC 9110, section 17.15). */
export function rangeSign(value: string): ProtocolSign | undefined {
  const ranges = value.slice(value.indexOf("=") + 1).split(",", rangesMax + 1);
  if (ranges.length > rangesMax)
    return sign(
      "medium",
      `The request asks for more than ${rangesMax} ranges of one file; a server that builds them all runs out of memory.`,
    );
  let covered = -1;
  let overlaps = 0;
  for (const range of ranges) {
    const hyphen = range.indexOf("-");
    const first = Number(range.slice(0, hyphen).trim() || "NaN");
    const last = Number(range.slice(hyphen + 1).trim() || "Infinity");
    if (first > last)
      return sign(
        "medium",
        "A range ends before it begins, which only serves to upset the server.",
      );
    if (first <= covered) overlaps++;
    if (first >= 0) covered = Math.max(covered, last);
  }
  return overlaps > 2
    ? sign(
        "medium",
        "The ranges overlap again and again, so that the answer is many times as long as the file.",
      )
    : undefined;
}
