import type { ComparableParameter } from "./comparable-operation.ts";
import type { DriftItem } from "./drift.ts";
import { needDrift, type Side, typeDrift } from "./schema-drift.ts";

/** Differences between the parameters of an operation; those of the path are compared by position. */
export function parameterDrift(
  before: readonly ComparableParameter[],
  after: readonly ComparableParameter[],
  side: Side,
): readonly Omit<DriftItem, "operation">[] {
  const was = new Map(before.map((parameter) => [parameter.key, parameter]));
  const is = new Map(after.map((parameter) => [parameter.key, parameter]));
  return [
    ...before.flatMap((parameter) => {
      const next = is.get(parameter.key);
      return next === undefined ? removed(parameter) : changed(parameter, next, side);
    }),
    ...after.filter(({ key }) => !was.has(key)).flatMap(added),
  ];
}

function removed({
  place,
  in: where,
}: ComparableParameter): readonly Omit<DriftItem, "operation">[] {
  // A path has as many parameters as its template; another number is another operation.
  if (where === "path") return [];
  // Servers ignore what they do not know.
  return [{ kind: "parameter-removed", place, isBreaking: false, explanation: "is gone" }];
}

function added(parameter: ComparableParameter): readonly Omit<DriftItem, "operation">[] {
  const { place, in: where, isRequired } = parameter;
  if (where === "path") return [];
  const explanation = isRequired ? "is new and required" : "is new";
  return [{ kind: "parameter-added", place, isBreaking: isRequired, explanation }];
}

function changed(
  before: ComparableParameter,
  after: ComparableParameter,
  side: Side,
): readonly Omit<DriftItem, "operation">[] {
  const { place } = after;
  const items: Omit<DriftItem, "operation">[] = [];
  if (after.in !== "path" && before.isRequired !== after.isRequired) {
    const drift = needDrift(side, after.isRequired);
    if (drift !== undefined) items.push({ kind: "parameter-changed", place, ...drift });
  }
  const drift = typeDrift(before.schema, after.schema, side);
  if (drift !== undefined) items.push({ kind: "parameter-changed", place, ...drift });
  return items;
}
