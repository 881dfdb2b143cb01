import { type ComparableOperation, operationNameOf } from "./comparable-operation.ts";
import { parameterDrift } from "./parameter-drift.ts";
import { type Side, schemaDrift } from "./schema-drift.ts";

/** What kind of thing differs. */
export type DriftKind =
  | "operation-added"
  | "operation-removed"
  | "operation-deprecated"
  | "security-changed"
  | "parameter-added"
  | "parameter-removed"
  | "parameter-changed"
  | "request-changed"
  | "response-changed";

/** One difference between two descriptions of an API. */
export interface DriftItem {
  readonly kind: DriftKind;
  /** `GET /users/{id}`. */
  readonly operation: string;
  /** Place within the operation: `query page`, `response 200 $.owner.email`; empty for the whole. */
  readonly place: string;
  /** Whether a client written for the first description may fail with the second. */
  readonly isBreaking: boolean;
  readonly explanation: string;
}

interface Sides {
  readonly request: Side;
  readonly response: Side;
}

/**
 * Differences from one description to another, by operation. Parameters' names in paths do not
 * matter: clients never send them. Against traffic, what it contradicts is breaking.
 */
export function driftBetween(
  before: readonly ComparableOperation[],
  after: readonly ComparableOperation[],
  against: "description" | "traffic" = "description",
): readonly DriftItem[] {
  const sides: Sides =
    against === "traffic"
      ? { request: "traffic", response: "traffic" }
      : { request: "request", response: "response" };
  const now = new Map(after.map((operation) => [operation.key, operation]));
  const known = new Set(before.map(({ key }) => key));
  return [
    ...before.flatMap((operation) => {
      const next = now.get(operation.key);
      return next === undefined ? [removed(operation)] : operationDrift(operation, next, sides);
    }),
    ...after.filter(({ key }) => !known.has(key)).map(added),
  ];
}

function removed(operation: ComparableOperation): DriftItem {
  const { isDeprecated } = operation;
  return {
    kind: "operation-removed",
    operation: operationNameOf(operation),
    place: "",
    isBreaking: true,
    explanation: isDeprecated ? "is gone; it was deprecated before" : "is gone",
  };
}

function added(operation: ComparableOperation): DriftItem {
  return {
    kind: "operation-added",
    operation: operationNameOf(operation),
    place: "",
    isBreaking: false,
    explanation: "is new",
  };
}

function operationDrift(
  before: ComparableOperation,
  after: ComparableOperation,
  sides: Sides,
): readonly DriftItem[] {
  const operation = operationNameOf(after);
  const items: Omit<DriftItem, "operation">[] = [
    ...deprecationDrift(before, after),
    ...securityDrift(before, after),
    ...parameterDrift(before.parameters, after.parameters, sides.request),
    ...bodyDrift(before, after, sides),
  ];
  return items.map((item) => ({ ...item, operation }));
}

function deprecationDrift(
  before: ComparableOperation,
  after: ComparableOperation,
): readonly Omit<DriftItem, "operation">[] {
  if (before.isDeprecated || !after.isDeprecated) return [];
  const explanation = "is deprecated now";
  return [{ kind: "operation-deprecated", place: "", isBreaking: false, explanation }];
}

function securityDrift(
  before: ComparableOperation,
  after: ComparableOperation,
): readonly Omit<DriftItem, "operation">[] {
  const [was, is] = [before.isSecured, after.isSecured];
  if (was === undefined || is === undefined || was === is) return [];
  const explanation = is ? "asks for credentials now" : "no longer asks for credentials";
  return [{ kind: "security-changed", place: "security", isBreaking: is, explanation }];
}

function bodyDrift(
  before: ComparableOperation,
  after: ComparableOperation,
  sides: Sides,
): readonly Omit<DriftItem, "operation">[] {
  const requests = schemaDrift(before.request, after.request, sides.request).map((item) => ({
    ...item,
    kind: "request-changed" as const,
    place: `request ${item.place}`,
  }));
  const responses = [...before.responses].flatMap(([status, schema]) => {
    const next = after.responses.get(status);
    if (next === undefined) return [];
    return schemaDrift(schema, next, sides.response).map((item) => ({
      ...item,
      kind: "response-changed" as const,
      place: `response ${status} ${item.place}`,
    }));
  });
  return [...requests, ...responses];
}
