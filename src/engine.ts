import { builtInDetectors } from "./detection/detectors/index.ts";
import { createDetectionEngine, type DetectionEngineOptions } from "./detection/engine.ts";
import { fieldsOfBody } from "./http/body-fields.ts";
import { fieldsOfHead } from "./http/head-fields.ts";
import type { Detection } from "./model/detection.ts";
import type { HttpRequest } from "./model/exchange.ts";

export type { DetectionEngineOptions } from "./detection/engine.ts";
export { type Confidence, type Detection, isAtLeast } from "./model/detection.ts";
export type { HttpRequest } from "./model/exchange.ts";

/** Attack detection alone, as a library: no server, no policy, no I/O. */
export interface Engine {
  /** Everything the detectors see in a request; nothing is decided or blocked. */
  inspect(request: HttpRequest): readonly Detection[];
}

/**
 * Builds an engine with all of Merlon's detectors; keep one and use it for every request.
 *
 * @example
 * const engine = createEngine();
 * const detections = engine.inspect({
 *   method: "GET", scheme: "https", authority: "shop.example", httpVersion: "1.1",
 *   path: "/items", query: "id=1%20or%201%3D1", headers: [["accept", "application/json"]],
 * });
 * if (detections.some(({ confidence }) => isAtLeast(confidence, "medium"))) refuse();
 */
export function createEngine(options: DetectionEngineOptions = {}): Engine {
  const engine = createDetectionEngine(builtInDetectors, options);
  return {
    inspect(request) {
      const { fields } = fieldsOfHead(request);
      const bytes = request.body?.bytes;
      if (bytes === undefined || bytes.length === 0) return engine.inspect(fields, request);
      return engine.inspect([...fields, ...fieldsOfBody(request, bytes).fields], request);
    },
  };
}
