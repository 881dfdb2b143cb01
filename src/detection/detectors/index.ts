import type { Detector } from "../detector.ts";
import { sqlInjection } from "./sql-injection/sql-injection.ts";

/** Every built-in detector, in the order in which their detections are reported. */
export const builtInDetectors: readonly Detector[] = [sqlInjection];
