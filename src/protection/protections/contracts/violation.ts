import type { Confidence, Detection } from "../../../model/detection.ts";
import type { FieldLocation } from "../../../model/field.ts";

/** One thing about a message that the description of its API does not allow. */
export interface Violation {
  /** Permanent kebab-case id, the detector's name in decisions and exceptions. */
  readonly id: ViolationId;
  /** HTTP status that tells the client best. */
  readonly status: number;
  readonly confidence: Confidence;
  readonly location: FieldLocation;
  /** Parameter name, or JSON path of a body: `$.owner.isAdmin`. */
  readonly name: string;
  readonly part: "value" | "name";
  readonly value: string;
  /** One sentence: what is wrong. */
  readonly problem: string;
  /** The description and the place in it that says so. */
  readonly source: string;
  readonly pointer: string;
}

type ViolationId =
  | "undeclared-path"
  | "undeclared-method"
  | "undeclared-parameter"
  | "undeclared-property"
  | "privileged-property"
  | "read-only-property"
  | "missing-value"
  | "invalid-value"
  | "undeclared-media-type"
  | "unreadable-body"
  | "undeclared-operation"
  | "undeclared-response-property"
  | "sensitive-response-property"
  | "invalid-response";

const valueCharsMax = 1_024;
const evidenceCharsMax = 256;

/** A violation as decisions keep it, with the pointer into the description. */
export function detectionOfViolation(violation: Violation): Detection {
  const { id, confidence, location, name, part, value, problem, source, pointer } = violation;
  const evidence = value.slice(0, evidenceCharsMax);
  return {
    detector: id,
    confidence,
    location,
    name,
    part,
    evidence,
    span: { start: 0, end: evidence.length },
    value: value.slice(0, valueCharsMax),
    steps: [],
    explanation: `${problem} (${source} ${pointer})`,
  };
}

/** `$.items[0].price` of `/items/0/price`: how decisions and exceptions name a part of a body. */
export function jsonPathOf(pointer: string): string {
  const parts = pointer.split("/").slice(1);
  return parts.reduce((path, part) => {
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    if (/^\d+$/.test(name)) return `${path}[${name}]`;
    return /^[A-Za-z_$][\w$]*$/.test(name) ? `${path}.${name}` : `${path}["${name}"]`;
  }, "$");
}

/** A value as text, short enough to keep. */
export function shownValue(value: unknown): string {
  if (typeof value === "string") return value.slice(0, valueCharsMax);
  if (value === undefined) return "";
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "[…]" : "{…}";
  return String(value);
}
