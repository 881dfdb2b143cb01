import type { Detection } from "../model/detection.ts";
import { decodingStepsOf, type Field } from "../model/field.ts";
import type { Detector, Match } from "./detector.ts";

const evidenceLengthMax = 256;
const valueLengthMax = 1024;

/** Adds who, where and the decoding steps to what a detector saw. */
export function detectionOf(detector: Pick<Detector, "id">, field: Field, match: Match): Detection {
  const { value } = field;
  const start = Math.max(0, Math.min(match.start, value.length));
  const end = Math.max(start, Math.min(match.end, value.length));
  return {
    detector: detector.id,
    confidence: match.confidence,
    location: field.location,
    name: field.name,
    part: field.part,
    evidence: value.slice(start, Math.min(end, start + evidenceLengthMax)),
    span: { start, end },
    value: windowOf(value, start),
    steps: stepsOf(field),
    explanation: match.explanation,
  };
}

/** The id of the detection that tells that not every value of an exchange was looked at. */
export const inspectionLimitId = "inspection-limit";

/** Tells that from this field on nothing was looked at, and why: a clause. */
export function inspectionLimitReached(field: Field, reason: string): Detection {
  return {
    detector: inspectionLimitId,
    confidence: "low",
    location: field.location,
    name: field.name,
    part: field.part,
    evidence: "",
    span: { start: 0, end: 0 },
    value: windowOf(field.value, 0),
    steps: stepsOf(field),
    explanation: `From here on the request was not searched for attacks: ${reason}.`,
  };
}

function stepsOf(field: Field): Detection["steps"] {
  return decodingStepsOf(field).map(({ decoding, value }) => ({
    decoding,
    value: windowOf(value, 0),
  }));
}

/** The part of a value around an offset that a person needs to see. */
function windowOf(value: string, at: number): string {
  if (value.length <= valueLengthMax) return value;
  const lead = valueLengthMax / 4;
  const start = Math.max(0, Math.min(at - lead, value.length - valueLengthMax));
  return value.slice(start, start + valueLengthMax);
}
