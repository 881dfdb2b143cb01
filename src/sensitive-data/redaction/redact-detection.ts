import type { Detection } from "../../model/detection.ts";
import { percentDecoded, type ValueHider } from "./value-hider.ts";

const credentialHeaders: ReadonlySet<string> = new Set([
  "authorization",
  "proxy-authorization",
  "cookie",
  "set-cookie",
]);

/**
 * Redacts what a detection shows: the attack stays readable, sensitive values in and around it are
 * hidden. Around an attack in a credential, the rest of the credential is a fingerprint.
 */
export function redactDetection(detection: Detection, hider: ValueHider): Detection {
  const { evidence, value } = detection;
  const shownEvidence = hider.text(evidence);
  const shownValue = redactAround(detection, value, hider);
  const hasHidden = shownEvidence !== evidence || shownValue !== value;
  const start = shownValue.indexOf(shownEvidence);
  // Offsets into the whole value still say where the attack stood; those into what is shown move.
  const showsWhole = value.slice(detection.span.start, detection.span.end) === evidence;
  return {
    ...detection,
    name: hider.text(detection.name),
    evidence: shownEvidence,
    value: shownValue,
    explanation: hider.text(detection.explanation),
    span: showsWhole && start >= 0 ? { start, end: start + shownEvidence.length } : detection.span,
    steps: detection.steps.map(({ decoding, value: step }) => ({
      decoding,
      value: redactStep(step, detection, hider, hasHidden),
    })),
  };
}

function redactAround(detection: Detection, value: string, hider: ValueHider): string {
  const { evidence } = detection;
  if (!isCredential(detection, hider)) return hider.text(value);
  const start = value.indexOf(evidence);
  if (start < 0) return hider.fingerprint(value);
  const before = hider.fingerprint(value.slice(0, start));
  const after = hider.fingerprint(value.slice(start + evidence.length));
  return [before, hider.text(evidence), after].filter((part) => part !== "").join(" ");
}

function isCredential({ location, name }: Detection, hider: ValueHider): boolean {
  if (location === "cookie") return true;
  if (location === "header" && credentialHeaders.has(name)) return true;
  // What any value under that name would become tells whether the name is a credential's.
  const probe = "value";
  return hider.value(name, probe) !== probe;
}

/** An outer step may hide the same values in an encoding that nothing here reads, such as base64. */
function redactStep(
  step: string,
  detection: Detection,
  hider: ValueHider,
  hasHidden: boolean,
): string {
  const isPlain = percentDecoded(step).includes(detection.evidence);
  if (isPlain) return redactAround(detection, step, hider);
  if (isCredential(detection, hider)) return hider.fingerprint(step);
  const shown = hider.text(step);
  return hasHidden && shown === step ? "<hidden: holds sensitive values>" : shown;
}
