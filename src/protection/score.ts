import type { Confidence, Detection } from "../model/detection.ts";

const points: Readonly<Record<Confidence, number>> = { low: 1, medium: 3, high: 5 };

/** Sum over detections: low 1, medium 3, high 5. */
export function scoreOf(detections: readonly Pick<Detection, "confidence">[]): number {
  let score = 0;
  for (const { confidence } of detections) score += points[confidence];
  return score;
}
