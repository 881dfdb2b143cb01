import type { Decision } from "../model/decision.ts";
import type { Detection } from "../model/detection.ts";
import { fieldKeyOf } from "../model/field.ts";
import { endpointKeyWithoutOperation } from "./endpoint-pattern.ts";
import type { PolicyException } from "./policy.ts";

/** The first exception that lets the detection pass, among those that apply to its endpoint. */
export function findException(
  detection: Detection,
  exceptions: readonly PolicyException[],
): PolicyException | undefined {
  return exceptions.find(
    ({ detector, field }) =>
      detector === detection.detector &&
      (field === undefined || isFieldMatch(field, fieldKeyOf(detection))),
  );
}

/**
 * The smallest exceptions that would have let the exchange pass: one for each detector and field
 * that counted, on this endpoint only, or on this very path when the inventory knows no endpoint. Array indexes become `[*]`: an exception for one position
 * would fail with the next request.
 */
export function suggestExceptions(
  decision: Pick<Decision, "detections" | "method" | "host" | "path">,
  endpointKey?: string,
): readonly Omit<PolicyException, "id">[] {
  const endpoint = endpointKeyWithoutOperation(
    endpointKey ?? `${decision.method} ${decision.host}${decision.path}`,
  );
  const suggested = new Map<string, Omit<PolicyException, "id">>();
  for (const detection of decision.detections) {
    const field = withAnyIndex(fieldKeyOf(detection));
    suggested.set(`${detection.detector} ${field}`, {
      detector: detection.detector,
      endpoint,
      field,
    });
  }
  return [...suggested.values()];
}

/** `[*]` in the pattern stands for any one array index; everything else is literal. */
function isFieldMatch(pattern: string, key: string): boolean {
  return pattern === key || (pattern.includes("[*]") && isWildcardMatch(pattern, key));
}

function isWildcardMatch(pattern: string, key: string): boolean {
  let at = 0;
  for (const [index, piece] of pattern.split("[*]").entries()) {
    const start = index === 0 ? 0 : indexEnd(key, at);
    if (start === undefined || !key.startsWith(piece, start)) return false;
    at = start + piece.length;
  }
  return at === key.length;
}

/** The offset after `[12]` at `at`, or undefined when no index stands there. */
function indexEnd(key: string, at: number): number | undefined {
  if (key[at] !== "[") return undefined;
  let end = at + 1;
  while (isDigit(key.charCodeAt(end))) end += 1;
  return end > at + 1 && key[end] === "]" ? end + 1 : undefined;
}

function withAnyIndex(key: string): string {
  let out = "";
  for (let at = 0; at < key.length; ) {
    const end = indexEnd(key, at);
    out += end === undefined ? key[at] : "[*]";
    at = end ?? at + 1;
  }
  return out;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
