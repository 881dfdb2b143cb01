import type { Detection } from "../../../model/detection.ts";
import { detectionOf } from "../../detection-of.ts";
import type { Leak, ResponseFacts } from "./leak.ts";
import { leaksIn } from "./leaks-in.ts";

/** Permanent id of these detections, in logs and exceptions. */
const id = "information-leak";
/** What is shown before the deciding text. */
const leadChars = 64;

/**
 * What the text of a response gives away: errors of databases, stack traces, source code, listings
 * of folders, credentials, files of the system, output of web shells, pages for developers. It looks
 * at responses, hence it is none of the detectors that look at what a client sent.
 */
export function informationLeaksIn(text: string, facts: ResponseFacts): readonly Detection[] {
  return leaksIn(text, facts).map((leak) => detectionOfLeak(text, leak));
}

/** Only an excerpt is kept, and nothing of a credential but its prefix. */
function detectionOfLeak(text: string, { kind, confidence, start, end, what }: Leak): Detection {
  const from = kind === "secret" ? start : Math.max(0, start - leadChars);
  const value = text.slice(from, kind === "secret" ? end : Math.min(text.length, end + leadChars));
  return detectionOf(
    { id },
    { location: "body", name: `response.${kind}`, value, part: "value", type: "string" },
    {
      confidence,
      start: start - from,
      end: end - from,
      explanation: `The response holds ${what}, which tells a client about the inside of the server.`,
    },
  );
}
