import type { Detection } from "../model/detection.ts";
import type { RequestHead } from "../model/exchange.ts";
import type { Field } from "../model/field.ts";
import { detectionOf, inspectionLimitReached } from "./detection-of.ts";
import type { Detector } from "./detector.ts";
import { createFirstLook, type FirstLook } from "./first-look.ts";
import { isTypedValue } from "./typed-value.ts";
import { createVerdictCache, type VerdictCache } from "./verdict-cache.ts";

/** Looks at the fields of one exchange and says what the detectors saw in them. */
export interface DetectionEngine {
  /**
   * The detections in all fields, in the order of fields and detectors, those that read the
   * surroundings last. When the values
   * exceed the engine's budget the rest is not looked at, and a detection of
   * `inspection-limit` says so. Some detectors see more when they know the request.
   */
  inspect(fields: readonly Field[], request?: RequestHead): readonly Detection[];
}

export interface DetectionEngineOptions {
  /** Characters looked at in one call, all fields together. */
  readonly charactersMax?: number;
  /** Clean values remembered, of 512 characters at most. */
  readonly cacheEntriesMax?: number;
}

const charactersMaxDefault = 4 * 1024 * 1024;
const cacheEntriesMaxDefault = 16_384;
/** Longer values are rarely seen twice. */
const cachedLengthMax = 512;

/** Builds an engine that runs these detectors, each only on values that it can match at all. */
export function createDetectionEngine(
  detectors: readonly Detector[],
  options: DetectionEngineOptions = {},
): DetectionEngine {
  const charactersMax = options.charactersMax ?? charactersMaxDefault;
  const inspection: Inspection = {
    look: createFirstLook(detectors),
    cache: createVerdictCache(options.cacheEntriesMax ?? cacheEntriesMaxDefault),
  };

  return {
    inspect(fields, request) {
      const detections: Detection[] = [];
      let charactersLeft = charactersMax;
      for (const field of fields) {
        if (field.type !== "string") continue;
        charactersLeft -= field.value.length;
        if (charactersLeft < 0) {
          detections.push(inspectionLimitReached(field, charactersMax));
          break;
        }
        inspectField(inspection, field, request, detections);
      }
      return detections;
    },
  };
}

interface Inspection {
  readonly look: FirstLook;
  readonly cache: VerdictCache;
}

function inspectField(
  { look, cache }: Inspection,
  field: Field,
  request: RequestHead | undefined,
  detections: Detection[],
): void {
  look.lookAt(field.value);
  if (isTypedValue(field.value, look.mask)) return;

  inspectRemembered(look, cache, field, detections);
  for (const lookout of look.candidates.askedAlways) {
    if (!look.hasSign(lookout, field)) continue;
    const match = lookout.detector.detect(field, request, look.mask);
    if (match !== undefined) detections.push(detectionOf(lookout.detector, field, match));
  }
}

function inspectRemembered(
  look: FirstLook,
  cache: VerdictCache,
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
    const match = lookout.detector.detect(field, undefined, look.mask);
    if (match === undefined) continue;
    isClean = false;
    detections.push(detectionOf(lookout.detector, field, match));
  }
  if (isClean && !isUnknown && field.value.length <= cachedLengthMax) {
    cache.addClean(field, look.hash);
  }
}
