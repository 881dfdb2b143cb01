import type { Decision } from "../model/decision.ts";
import type { Detection } from "../model/detection.ts";
import { fieldKeyOf } from "../model/field.ts";
import { suggestExceptions } from "./exceptions.ts";
import { printable } from "./printable.ts";

export interface ExplainOptions {
  /** Key of the endpoint, when the inventory has one; makes the suggested exceptions name it. */
  readonly endpointKey?: string;
  /** How the deciding part of a value is set off; `»…«` by default. */
  readonly mark?: (text: string) => string;
}

/** How much of a value is shown on each side of the deciding part. */
const CONTEXT_LENGTH = 60;

/** The decision for people, line by line: what was done, each value with every decoding step, why, and the way out. */
export function explainDecision(
  decision: Decision,
  options: ExplainOptions = {},
): readonly string[] {
  const { mark = (text: string) => `»${text}«`, endpointKey } = options;
  const { method, host, path, client, id } = decision;
  return [
    `${id}  ${printable(client)}  ${printable(`${method} ${host}${path}`)}`,
    outcomeOf(decision),
    ...decision.detections.flatMap((detection) => explainDetection(detection, mark)),
    ...(decision.excepted ?? []).map(
      (detection) => `  excepted: ${detection.detector} in ${printable(fieldKeyOf(detection))}`,
    ),
    ...(decision.exceptions.length === 0
      ? []
      : [`  exceptions that applied: ${decision.exceptions.map(printable).join(", ")}`]),
    ...decision.verdicts.map(
      ({ protection, mode, phase, action, status, reason }) =>
        `  ${protection} (${mode}, ${phase}) wanted to ${action}${
          status === undefined ? "" : ` with ${status}`
        }${reason === undefined ? "" : `: ${printable(reason)}`}`,
    ),
    ...suggestExceptions(decision, endpointKey).map(
      ({ detector, endpoint, field }) =>
        `  to let it pass: exception for ${detector} in ${printable(field ?? "every field")} of ${printable(endpoint ?? "every endpoint")}`,
    ),
  ];
}

function outcomeOf({ action, wouldBe, status, score }: Decision): string {
  const withStatus = status === undefined ? "" : ` with ${status}`;
  if (action === "block") return `  blocked${withStatus}, score ${score}`;
  if (wouldBe === "block")
    return `  allowed; enforced, it would be blocked${withStatus}, score ${score}`;
  return `  allowed, score ${score}`;
}

function explainDetection(detection: Detection, mark: (text: string) => string): string[] {
  const { detector, confidence, steps, explanation } = detection;
  return [
    `  ${detector}, ${confidence} confidence, in ${printable(fieldKeyOf(detection))}`,
    `    value: ${markedValueOf(detection, mark)}`,
    ...steps.map(({ decoding, value }) => `    after ${decoding}: ${shortened(value)}`),
    `    why: ${printable(explanation)}`,
  ];
}

function markedValueOf({ value, evidence }: Detection, mark: (text: string) => string): string {
  const start = value.indexOf(evidence);
  if (start < 0 || evidence === "") return mark(printable(evidence));
  const end = start + evidence.length;
  const from = Math.max(0, start - CONTEXT_LENGTH);
  const to = Math.min(value.length, end + CONTEXT_LENGTH);
  return [
    from > 0 ? "…" : "",
    printable(value.slice(from, start)),
    mark(printable(evidence)),
    printable(value.slice(end, to)),
    to < value.length ? "…" : "",
  ].join("");
}

function shortened(value: string): string {
  const max = 3 * CONTEXT_LENGTH;
  return value.length <= max ? printable(value) : `${printable(value.slice(0, max))}…`;
}
