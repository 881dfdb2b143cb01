import { z } from "zod";
import type { Mode } from "../../model/decision.ts";
import type { Confidence } from "../../model/detection.ts";
import { modeOption } from "../mode-options.ts";

export interface AttackDetectionOptions {
  readonly mode?: Mode;
  readonly confidenceMin: Confidence;
  readonly scoreMin: number;
}

/** Options of the protection `attack-detection`. */
export const attackDetectionOptions: z.ZodType<AttackDetectionOptions> = z
  .strictObject({
    mode: modeOption.exactOptional(),
    confidenceMin: z
      .enum(["low", "medium", "high"])
      .default("medium")
      .describe("Detections below this confidence are reported but do not add to the score."),
    scoreMin: z
      .int()
      .min(1)
      .max(100)
      .default(3)
      .describe("Score at which a request is blocked: low 1, medium 3, high 5, summed."),
  })
  .describe("Blocks requests whose values carry an attack.");
