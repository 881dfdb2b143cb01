import { z } from "zod";
import type { Mode } from "../model/decision.ts";

/** How far a protection goes. */
export const modeOption: z.ZodType<Mode> = z
  .enum(["off", "observe", "enforce"])
  .describe("off: not run. observe: run and reported. enforce: run and acted upon.");
