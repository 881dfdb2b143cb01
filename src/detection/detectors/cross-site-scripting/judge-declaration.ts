import type { Match } from "../../detector.ts";

/** Declarations and instructions with a part in attacks, and what they do. */
const declarations: readonly (readonly [mark: string, effect: string])[] = [
  ["<?import", "imports behaviour of old Internet Explorer"],
  ["<?xml:namespace", "declares a namespace of old Internet Explorer"],
  ["<?xml-stylesheet", "transforms the document with a style sheet of the attacker's"],
  ["<!entity", "declares an entity, which an XML parser replaces by a file or address"],
  ["<!attlist", "gives elements attributes that do not stand there"],
];

/** Judges markup declarations and processing instructions, which carry attributes unseen. */
export function judgeDeclaration(value: string): Match | undefined {
  if (!value.includes("<!") && !value.includes("<?")) return undefined;
  const lower = value.toLowerCase();
  for (const [mark, effect] of declarations) {
    const at = lower.indexOf(mark);
    // Followed by what it declares; the mark alone is only mentioned.
    if (at < 0 || lower.charCodeAt(at + mark.length) > 0x20) continue;
    return {
      confidence: "medium",
      start: at,
      end: Math.min(value.length, at + 256),
      explanation: `The value contains "${mark}", which ${effect}.`,
    };
  }
  return undefined;
}
