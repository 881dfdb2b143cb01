import type { Detector } from "../detector.ts";

/** Every built-in detector, in the order in which their detections are reported. */
export const builtInDetectors: readonly Detector[] = [];
