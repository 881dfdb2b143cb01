import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { proseWordsAround } from "../../languages/prose.ts";

/** Finds directives that a web server or cache carries out when it sends a page: `<!--#exec cmd="id"-->`. */
export const serverSideInclude: Detector = {
  id: "server-side-include",
  summary:
    "Directives of server-side and edge-side includes, which a web server or cache carries out when it sends the page.",
  requires: [characterClass.lessThan, characterClass.hash | characterClass.colon],
  signs: { classes: 0, texts: ["<!--", "<esi:"] },

  detect({ value }: Field): Match | undefined {
    return judgeDirective(value) ?? judgeEdgeInclude(value);
  },
};

const directives: readonly string[] = [
  "exec",
  "include",
  "echo",
  "printenv",
  "config",
  "set",
  "fsize",
  "flastmod",
  "if",
  "elif",
  "else",
  "endif",
];
const proseWordsMax = 8;

/** `<!--#echo var="DATE_LOCAL" -->`: the hash must follow at once, or it is a comment. */
function judgeDirective(value: string): Match | undefined {
  for (let start = value.indexOf("<!--"); start >= 0; start = value.indexOf("<!--", start + 4)) {
    let at = start + 4;
    while (at < start + 12 && value.charCodeAt(at) <= 0x20) at++;
    if (value.charCodeAt(at) !== 0x23) continue;
    const word = value
      .slice(at + 1, at + 12)
      .toLowerCase()
      .trimStart();
    const name = directives.find((directive) => word.startsWith(directive));
    if (name === undefined) continue;
    const end = endOf(value, at);
    const isText = proseWordsAround(value, { start, end }, proseWordsMax) >= proseWordsMax;
    return {
      confidence: isText ? "low" : "high",
      start,
      end,
      explanation: `A web server with includes carries out the directive "${name}" when it sends the value as part of a page.`,
    };
  }
  return undefined;
}

const directiveCharsMax = 512;

function endOf(value: string, from: number): number {
  const close = value.slice(from, from + directiveCharsMax).indexOf("-->");
  return close < 0 ? Math.min(value.length, from + directiveCharsMax) : from + close + 3;
}

/** `<esi:include src="http://…"/>` */
function judgeEdgeInclude(value: string): Match | undefined {
  const start = value.toLowerCase().indexOf("<esi:");
  if (start < 0) return undefined;
  return {
    confidence: "high",
    start,
    end: Math.min(value.length, start + 128),
    explanation: "A cache with edge-side includes fetches or computes what the element asks for.",
  };
}
