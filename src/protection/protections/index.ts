import { attackDetection } from "./attack-detection.ts";
import type { ProtectionFactory } from "./protection-definition.ts";
import { rateLimits } from "./rate-limits.ts";
import { requestLimits } from "./request-limits.ts";

/** Every protection of Merlon, in the order in which they run: the cheap ones first. */
export const builtInProtections: readonly ProtectionFactory[] = [
  requestLimits,
  rateLimits,
  attackDetection,
];
