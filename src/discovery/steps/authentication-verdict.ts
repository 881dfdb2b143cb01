import type { Authentication, AuthenticationVerdict } from "../../model/endpoint.ts";

/** Answers with success and refusals (401, 403), with a credential and without any. */
export type Trials = Authentication["counts"];

/** Trials of each kind below which nobody being refused is no sign of a server that does not look. */
const unrefusedMin = 5;

/** What a carrier's trials against those without any credential say. */
export function verdictOf(trials: Trials): AuthenticationVerdict {
  const { successWith, refusedWith, successWithout, refusedWithout } = trials;
  if (successWithout + refusedWithout === 0) return "unknown";
  const share = shareWithoutOf(trials);
  if (successWithout === 0 || share <= 0.1) return "required";
  if (refusedWithout > 0 && share < 0.9) return "mixed";
  const isEveryoneLetIn = refusedWith + refusedWithout === 0;
  return isEveryoneLetIn && successWith >= unrefusedMin && successWithout >= unrefusedMin
    ? "ignored"
    : "optional";
}

/** The short form with a confidence: Laplace's rule, as three answers of three are no certainty yet. */
export function requirementOf(trials: Trials): Pick<Authentication, "required" | "confidence"> {
  const { successWithout, refusedWithout } = trials;
  if (successWithout + refusedWithout === 0) return { confidence: 0 };
  const share = shareWithoutOf(trials);
  if (share > 0.5) return { required: false, confidence: rounded(share) };
  // Some get through without: an optional credential, or a rule that depends on the value.
  if (successWithout > 0 && share > 0.1) return { required: false, confidence: rounded(share) };
  return { required: true, confidence: rounded(1 - share) };
}

/** A share with three digits. */
export function rounded(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}

function shareWithoutOf({ successWithout, refusedWithout }: Trials): number {
  return (successWithout + 1) / (successWithout + refusedWithout + 2);
}
