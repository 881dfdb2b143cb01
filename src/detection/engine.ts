import type { Detection } from "../model/detection.ts";
import type { RequestHead } from "../model/exchange.ts";
import type { Field } from "../model/field.ts";
import { detectionOf, inspectionLimitReached } from "./detection-of.ts";
import type { Detector } from "./detector.ts";
import { createFirstLook, type FirstLook } from "./first-look.ts";
import { InspectionBudget } from "./inspection-budget.ts";
import { isJsonWebToken, isTypedValue } from "./typed-value.ts";
import { createVerdictCache, type VerdictCache } from "./verdict-cache.ts";

/** Looks at the fields of one exchange and says what the detectors saw in them. */
export interface DetectionEngine {
  /**
   * The detections in all fields, in the order of fields and detectors, those that read the
   * surroundings last. When the values exceed the engine's budget of characters or processor
   * time the rest is not looked at, and a detection of `inspection-limit` says so. Some detectors
   * see more when they know the request.
   */
  inspect(fields: readonly Field[], request?: RequestHead): readonly Detection[];
}

export interface DetectionEngineOptions {
  /** Characters looked at in one call, all fields together. */
  readonly charactersMax?: number;
  /** Processor time of one call, in milliseconds; counts only with `cpuMs`. */
  readonly cpuMsMax?: number;
  /** Processor time that this thread has used so far, in milliseconds. */
  readonly cpuMs?: () => number;
  /** Clean values remembered, of 512 characters at most. */
  readonly cacheEntriesMax?: number;
}

const cpuMsMaxDefault = 100;
const charactersMaxDefault = 4 * 1024 * 1024;
const cacheEntriesMaxDefault = 16_384;
/** Longer values are rarely seen twice. */
const cachedLengthMax = 512;

/** Builds an engine that runs these detectors, each only on values that it can match at all. */
export function createDetectionEngine(
  detectors: readonly Detector[],
  options: DetectionEngineOptions = {},
): DetectionEngine {
  const inspection: Inspection = {
    look: createFirstLook(detectors),
    cache: createVerdictCache(options.cacheEntriesMax ?? cacheEntriesMaxDefault),
    budget: new InspectionBudget({
      charactersMax: options.charactersMax ?? charactersMaxDefault,
      cpuMsMax: options.cpuMsMax ?? cpuMsMaxDefault,
      cpuMs: options.cpuMs,
    }),
  };

  return {
    inspect(fields, request) {
      const detections: Detection[] = [];
      const { budget } = inspection;
      budget.begin();
      for (const field of fields) {
        if (field.type !== "string") continue;
        if (budget.allows(field.value.length)) {
          inspectField(inspection, field, request, detections);
        }
        if (budget.spent === "") continue;
        detections.push(inspectionLimitReached(field, budget.spent));
        break;
      }
      return detections;
    },
  };
}

interface Inspection {
  readonly look: FirstLook;
  readonly cache: VerdictCache;
  readonly budget: InspectionBudget;
}

function inspectField(
  inspection: Inspection,
  field: Field,
  request: RequestHead | undefined,
  detections: Detection[],
): void {
  const { look, budget } = inspection;
  if (isJsonWebToken(field.value)) return;
  look.lookAt(field.value);
  if (isTypedValue(field.value, look.mask)) return;

  inspectRemembered(inspection, field, detections);
  for (const lookout of look.candidates.askedAlways) {
    if (!look.hasSign(lookout, field)) continue;
    if (!budget.allowsAnother(field.value.length)) return;
    const match = lookout.detector.detect(field, request, look.mask);
    if (match !== undefined) detections.push(detectionOf(lookout.detector, field, match));
  }
}

function inspectRemembered(
  { look, cache, budget }: Inspection,
  field: Field,
  detections: Detection[],
): void {
  let isUnknown = field.value.length <= cachedLengthMax;
  let isClean = true;
  for (const lookout of look.candidates.remembered) {
    if (!look.hasSign(lookout, field)) continue;
    // Asked only once some detector could match: most values never get here.
    if (isUnknown) {
      if (cache.isKnownClean(field, look.hash)) return;
      isUnknown = false;
    }
    if (!budget.allowsAnother(field.value.length)) return;
    const match = lookout.detector.detect(field, undefined, look.mask);
    if (match === undefined) continue;
    isClean = false;
    detections.push(detectionOf(lookout.detector, field, match));
  }
  if (isClean && !isUnknown && field.value.length <= cachedLengthMax) {
    cache.addClean(field, look.hash);
  }
}
