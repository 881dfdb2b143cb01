import type { Confidence } from "../../../model/detection.ts";
import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { mailHeaders, technicalHeaders, wordHeaders } from "./header-names-table.ts";
import { type InjectedLine, injectedLinesIn, isLineEnd } from "./injected-line.ts";

/**
 * Finds line ends with which a value leaves the header of a response or mail it is put into. Texts of
 * several lines pass.
 */
export const headerInjection: Detector = {
  id: "header-injection",
  summary:
    "Line ends followed by a header or a second response, in values that reach headers of responses or mails.",
  requires: [characterClass.newline | characterClass.nonAscii],

  detect(field: Field): Match | undefined {
    if (!hasLineEnd(field.value)) return undefined;
    return judgeLines(field) ?? judgeSplit(field) ?? judgePlace(field);
  },
};

function hasLineEnd(value: string): boolean {
  return (
    value.includes("\n") ||
    value.includes("\r") ||
    value.includes("\u560a") ||
    value.includes("\u560d")
  );
}

function judgeLines(field: Field): Match | undefined {
  for (const line of injectedLinesIn(field.value)) {
    const confidence = confidenceOf(field, line);
    if (confidence === undefined) continue;
    const what = line.isStatus ? "a second response" : `the header "${line.name}"`;
    return {
      confidence,
      start: line.start,
      end: line.end,
      explanation: `Put into a header, the value ends its line and goes on with ${what}.`,
    };
  }
  return undefined;
}

function confidenceOf(field: Field, line: InjectedLine): Confidence | undefined {
  const isMail = mailHeaders.has(line.name) && isMailLead(field.value.slice(0, line.start));
  if (isMail && line.content !== "") return "high";
  if (line.isStatus) return inBody(field, "high", line);
  if (technicalHeaders.has(line.name)) return inBody(field, "high", line);
  if (wordHeaders.has(line.name) && isHeaderContent(line.content))
    return inBody(field, "high", line);
  return undefined;
}

/** Texts in bodies may quote whole messages; a short value that begins with a line end does not. */
function inBody(field: Field, confidence: Confidence, line: InjectedLine): Confidence {
  if (field.location !== "body") return confidence;
  return line.start <= leadCharsMax && field.value.length <= shortCharsMax ? "medium" : "low";
}

const leadCharsMax = 24;
const shortCharsMax = 400;

/** One address or a short subject, and nothing else, before the line end. */
function isMailLead(lead: string): boolean {
  const text = lead.trim();
  return text.length <= 254 && text.includes("@") && !text.includes(" ");
}

/** An address, a path, a time or a number: what headers hold and sentences do not. */
function isHeaderContent(content: string): boolean {
  const first = content.split(" ", 1)[0] ?? "";
  return (
    first.includes("/") ||
    first.includes(".") ||
    first.includes("=") ||
    (first !== "" && first === content && !first.endsWith(","))
  );
}

/** Two line ends end a response's head; markup behind them becomes its body. */
function judgeSplit({ value, location }: Field): Match | undefined {
  if (location === "body") return undefined;
  const at = value.indexOf("\r\n\r\n<");
  if (at < 0 || at > shortCharsMax) return undefined;
  return {
    confidence: "medium",
    start: at,
    end: value.length,
    explanation: "Put into a header, the value ends the response's head and begins its body.",
  };
}

/** Names of parameters and segments of paths have no line ends in any honest request. */
function judgePlace(field: Field): Match | undefined {
  const isPath = field.location === "path" && field.name !== "*";
  if (field.part !== "name" && !isPath) return undefined;
  if (field.location === "body") return undefined;
  let at = 0;
  while (at < field.value.length && !isLineEnd(field.value.charCodeAt(at))) at++;
  const isInside = at < field.value.length - 1 || field.part === "name";
  if (!isInside) return undefined;
  return {
    confidence: "medium",
    start: at,
    end: field.value.length,
    explanation: `A line end in a ${isPath ? "path" : "name"} leaves the line it is written to, in a header or a log.`,
  };
}
