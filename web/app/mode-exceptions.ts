import type { PolicyView } from "../../src/console/contract.ts";
import type { Mode } from "../../src/model/decision.ts";
import { words } from "../widgets/format.ts";

/**
 * What does not follow the mode of everything, in words: where something is enforced while
 * everything else only observes, or the other way round. Empty when there is no such thing.
 */
export function modeExceptionsOf({ policy, protections }: PolicyView): string {
  const isOther = (mode: Mode | undefined): boolean =>
    mode !== undefined && (mode === "enforce") !== (policy.mode === "enforce");
  const names = protections.filter(({ mode }) => isOther(mode)).map(({ id }) => words(id));
  const places = [...policy.apis, ...policy.endpoints].filter(
    (place) =>
      isOther(place.mode) ||
      Object.values(place.protections ?? {}).some(({ mode }) => isOther(mode)),
  ).length;
  const other = places === 0 ? [] : [places === 1 ? "one place" : `${places} places`];
  return new Intl.ListFormat("en").format([...names, ...other]);
}
