import { inspectionLimitId } from "../../detection/detection-of.ts";
import { type Detection, isAtLeast } from "../../model/detection.ts";
import { type Field, fieldKeyOf } from "../../model/field.ts";
import { allow, block, type Verdict } from "../../model/verdict.ts";
import type { ExchangeContext, Protection } from "../protection.ts";
import { scoreOf } from "../score.ts";
import { type AttackDetectionOptions, attackDetectionOptions } from "./attack-detection-options.ts";
import { defineProtection, type ProtectionFactory } from "./protection-definition.ts";

/** Blocks requests whose values carry an attack, by the summed score of what the detectors saw. */
export const attackDetection: ProtectionFactory = defineProtection<AttackDetectionOptions>({
  id: "attack-detection",
  summary:
    "Looks for attacks (SQL injection, command injection, path traversal, scripts) in every value of a request.",
  options: attackDetectionOptions,

  create({ confidenceMin, scoreMin }, { inspect }): Protection {
    /** What was seen in the head; detections of other protections are no part of an attack. */
    const seenBefore = new WeakMap<ExchangeContext, readonly Detection[]>();

    function judge(context: ExchangeContext, fields: readonly Field[]): Verdict {
      const found = inspect(fields, context.request);
      if (found.length === 0) return allow;
      const counted = context.countedDetections(found);
      if (counted.length === 0) return allow;

      // An attack may be spread over head and body, hence what was seen in the head counts too.
      const seen = [...(seenBefore.get(context) ?? []), ...counted];
      seenBefore.set(context, seen);
      const weighty = seen.filter(({ confidence }) => isAtLeast(confidence, confidenceMin));
      const score = scoreOf(weighty);
      if (score < scoreMin) {
        if (counted.some(({ detector }) => detector === inspectionLimitId))
          throw new InspectionLimitReached();
        return { action: "allow", detections: counted };
      }
      return block({ status: 403, reason: reasonOf(weighty, score), detections: counted });
    }

    return {
      id: attackDetection.id,
      summary: attackDetection.summary,
      onRequestHeaders: (context) => judge(context, context.headFields),
      onRequestBody: (context) => judge(context, context.bodyFields),
    };
  },
});

/** Not all was searched, and what was is no reason to block: the policy's `onFailure` speaks. */
class InspectionLimitReached extends Error {
  override readonly name = "InspectionLimitReached";
}

const NAMED_MAX = 3;

function reasonOf(detections: readonly Detection[], score: number): string {
  const named = detections
    .slice(0, NAMED_MAX)
    .map((detection) => `${detection.detector} in ${fieldKeyOf(detection)}`);
  const more = detections.length - named.length;
  return `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""} (score ${score})`;
}
