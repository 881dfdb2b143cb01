import type { Confidence } from "../../../model/detection.ts";

/** What is wrong with a header, and how surely no honest client sends it. */
export interface ProtocolSign {
  readonly confidence: Confidence;
  /** One sentence. */
  readonly explanation: string;
}

export function sign(confidence: Confidence, explanation: string): ProtocolSign {
  return { confidence, explanation };
}
