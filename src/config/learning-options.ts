import { z } from "zod";

export interface LearningOptions {
  readonly recordedPerSecondMax: number;
}

/** How much of the traffic is kept beyond what the inventory learns. */
export const learningOptions: z.ZodType<LearningOptions> = z
  .strictObject({
    recordedPerSecondMax: z
      .int()
      .min(0)
      .max(100_000)
      .default(50)
      .describe(
        "Ordinary exchanges recorded in full, a second. Decisions, errors and new endpoints are always recorded; all exchanges feed the inventory.",
      ),
  })
  .prefault({})
  .describe("How much of the traffic is recorded.");
