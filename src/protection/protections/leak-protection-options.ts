import { z } from "zod";
import type { Mode } from "../../model/decision.ts";
import type { Confidence } from "../../model/detection.ts";
import { modeOption } from "../mode-options.ts";

export interface LeakProtectionOptions {
  readonly mode?: Mode;
  readonly confidenceMin: Confidence;
  readonly textBytesMax: number;
}

/** Options of the protection `leak-protection`. */
export const leakProtectionOptions: z.ZodType<LeakProtectionOptions> = z
  .strictObject({
    mode: modeOption.exactOptional(),
    confidenceMin: z
      .enum(["low", "medium", "high"])
      .default("medium")
      .describe("Leaks below this confidence are reported but let the response pass."),
    textBytesMax: z
      .int()
      .min(1_024)
      .max(1_048_576)
      .default(262_144)
      .describe("Bytes of a response that are looked at, after decompression."),
  })
  .describe("Withholds responses that give away errors, code, files or credentials of the server.");
