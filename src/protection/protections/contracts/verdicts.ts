import { allow, block, type Verdict } from "../../../model/verdict.ts";
import type { ExchangeContext } from "../../protection.ts";
import type { ContractsOptions } from "../contracts-options.ts";
import type { DescribedApi } from "./described-api.ts";
import type { ResponseReview } from "./response-checks.ts";
import { detectionOfViolation, type Violation } from "./violation.ts";

/** Turns violations into what the options want done about them. */
export interface Verdicts {
  of(context: ExchangeContext, violations: readonly Violation[], api?: DescribedApi): Verdict;
  ofResponse(context: ExchangeContext, review: ResponseReview, api: DescribedApi): Verdict;
}

type Action = "block" | "report" | "ignore";

const namedMax = 3;

export function createVerdicts(options: ContractsOptions): Verdicts {
  function actionOf(
    violation: Violation,
    api: DescribedApi | undefined,
    { endpoint }: ExchangeContext,
  ): Action {
    const action = requestActionOf(violation, options);
    // What is called all the time is missing in the description, and no probe.
    if (action === "block" && isUndeclaredPlace(violation) && endpoint !== undefined)
      return "report";
    if (api?.isLearned !== true || action === "ignore") return action;
    return options.learned === "block" ? action : options.learned;
  }

  return {
    of(context, violations, api) {
      if (violations.length === 0) return allow;
      const weighed = violations
        .map((violation) => ({ violation, action: actionOf(violation, api, context) }))
        .filter(({ action }) => action !== "ignore");
      return verdictOf(context, weighed);
    },

    ofResponse(context, { violations, stripped }, api) {
      if (violations.length === 0) return allow;
      const isSure = !api.isLearned;
      const weighed = violations.map((violation) => {
        const isBlocked =
          options.responses === "block" && isSure && violation.id === "sensitive-response-property";
        return { violation, action: isBlocked ? "block" : "report" } as const;
      });
      const verdict = verdictOf(context, weighed);
      if (options.responses !== "mask" || !isSure || verdict.action === "block") return verdict;
      const isCounted = (verdict.detections ?? []).some(({ detector }) => masked.has(detector));
      return isCounted && stripped !== undefined
        ? { ...verdict, replaceBody: stripped() }
        : verdict;
    },
  };
}

function isUndeclaredPlace({ id }: Violation): boolean {
  return id === "undeclared-path" || id === "undeclared-method";
}

const masked: ReadonlySet<string> = new Set([
  "sensitive-response-property",
  "undeclared-response-property",
]);

interface Weighed {
  readonly violation: Violation;
  readonly action: Action;
}

function verdictOf(context: ExchangeContext, weighed: readonly Weighed[]): Verdict {
  const detections = weighed.map(({ violation }) => detectionOfViolation(violation));
  const counted = new Set(context.countedDetections(detections));
  const kept = weighed.filter((_entry, at) => {
    const detection = detections[at];
    return detection !== undefined && counted.has(detection);
  });
  if (kept.length === 0) return allow;
  const blocking = kept.filter(({ action }) => action === "block");
  const [first] = blocking;
  if (first === undefined) return { action: "allow", detections: [...counted] };
  return block({
    status: first.violation.status,
    reason: reasonOf(blocking),
    detections: [...counted],
  });
}

function reasonOf(blocking: readonly Weighed[]): string {
  const named = blocking
    .slice(0, namedMax)
    .map(({ violation }) => `${violation.problem} (${violation.source} ${violation.pointer})`);
  const more = blocking.length - named.length;
  return `${named.join("; ")}${more > 0 ? ` and ${more} more` : ""}`;
}

function requestActionOf(
  { id, confidence, location }: Violation,
  options: ContractsOptions,
): Action {
  switch (id) {
    case "undeclared-path":
      return options.unknownPaths;
    case "undeclared-method":
      return options.unknownMethods;
    case "undeclared-parameter":
      return plainActionOf(options.undeclaredParameters);
    case "undeclared-property":
      // A schema that forbids further properties makes one of them an invalid value.
      if (confidence === "high") return options.invalidRequests;
      return plainActionOf(options.undeclaredProperties);
    case "read-only-property":
      return plainActionOf(options.readOnlyProperties);
    case "privileged-property": {
      const setting =
        location === "query" ? options.undeclaredParameters : options.undeclaredProperties;
      return setting === "privileged" ? "block" : setting;
    }
    default:
      return options.invalidRequests;
  }
}

function plainActionOf(setting: "block" | "privileged" | "report" | "ignore"): Action {
  return setting === "privileged" ? "report" : setting;
}
