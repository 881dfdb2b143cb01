import type { Detection } from "../model/detection.ts";
import type { RequestHead } from "../model/exchange.ts";
import type { Field } from "../model/field.ts";
import { characterClass, characterMaskOf } from "./character-classes.ts";
import { detectionOf, inspectionLimitReached } from "./detection-of.ts";
import type { Detector } from "./detector.ts";
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
  /** Short clean values remembered, in each of two generations. */
  readonly cacheEntriesMax?: number;
}

const charactersMaxDefault = 4 * 1024 * 1024;
const cacheEntriesMaxDefault = 8192;
/** Longer values are rarely seen twice. */
const cachedLengthMax = 64;
/** A value of nothing but these, and not long, is a name, a number or an identifier. */
const plainClasses = characterClass.letter | characterClass.digit;
const plainLengthMax = 64;

/** Builds an engine that runs these detectors, each only on values that it can match at all. */
export function createDetectionEngine(
  detectors: readonly Detector[],
  options: DetectionEngineOptions = {},
): DetectionEngine {
  const charactersMax = options.charactersMax ?? charactersMaxDefault;
  const sorted = byMemory(detectors);
  const cache = createVerdictCache(options.cacheEntriesMax ?? cacheEntriesMaxDefault);

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
        inspectField(sorted, cache, field, { request, detections });
      }
      return detections;
    },
  };
}

function inspectField(
  { remembered, askedAlways }: DetectorsByMemory,
  cache: VerdictCache,
  field: Field,
  { request, detections }: { request: RequestHead | undefined; detections: Detection[] },
): void {
  const { value } = field;
  const mask = characterMaskOf(value);
  if ((mask & ~plainClasses) === 0 && value.length <= plainLengthMax) return;

  inspectRemembered(remembered, cache, { field, mask }, detections);
  for (const detector of askedAlways) {
    if (!canMatch(detector, mask)) continue;
    const match = detector.detect(field, request);
    if (match !== undefined) detections.push(detectionOf(detector, field, match));
  }
}

function inspectRemembered(
  detectors: readonly Detector[],
  cache: VerdictCache,
  { field, mask }: { readonly field: Field; readonly mask: number },
  detections: Detection[],
): void {
  let isUnknown = field.value.length <= cachedLengthMax;
  let isClean = true;
  for (const detector of detectors) {
    if (!canMatch(detector, mask)) continue;
    // Asked only once some detector could match: most values never get here.
    if (isUnknown) {
      if (cache.isKnownClean(field)) return;
      isUnknown = false;
    }
    const match = detector.detect(field);
    if (match === undefined) continue;
    isClean = false;
    detections.push(detectionOf(detector, field, match));
  }
  if (isClean && !isUnknown && field.value.length <= cachedLengthMax) cache.addClean(field);
}

interface DetectorsByMemory {
  /** What these say of a short value is remembered. */
  readonly remembered: readonly Detector[];
  readonly askedAlways: readonly Detector[];
}

function byMemory(detectors: readonly Detector[]): DetectorsByMemory {
  return {
    remembered: detectors.filter(({ readsSurroundings }) => readsSurroundings !== true),
    askedAlways: detectors.filter(({ readsSurroundings }) => readsSurroundings === true),
  };
}

function canMatch(detector: Detector, mask: number): boolean {
  for (const anyOf of detector.requires) if ((mask & anyOf) === 0) return false;
  return true;
}
