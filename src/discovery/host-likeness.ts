import type { EndpointProfile } from "../model/endpoint.ts";
import { shapeOf } from "./paths/template-shape.ts";
import { countryCodes, languageCodes } from "./paths/vocabulary-table.ts";

/** Two hosts whose endpoints look like those of one API. */
export interface HostLikeness {
  readonly host: string;
  readonly into: string;
  /** Endpoints that both have. */
  readonly shared: number;
  /** Share of the smaller host's endpoints that the other has too, 0 to 1. */
  readonly likeness: number;
}

const sharedMin = 4;
const likenessMin = 0.6;
const suggestionsMax = 50;

/**
 * Finds hosts that differ only in a region, a number or a label in front (`us-api.example`,
 * `de-api.example`) and share most of the smaller one's endpoints.
 */
export function similarHosts(endpoints: Iterable<EndpointProfile>): readonly HostLikeness[] {
  const groups = new Map<string, Map<string, Set<string>>>();
  for (const { host, method, path, calls } of endpoints) {
    if (calls === 0) continue;
    const group = groups.get(familyOf(host)) ?? new Map<string, Set<string>>();
    groups.set(familyOf(host), group);
    const keys = group.get(host) ?? new Set();
    group.set(host, keys.add(`${method} ${shapeOf(path)}`));
  }
  return [...groups.values()]
    .flatMap(likeOnesOf)
    .sort((left, right) => right.likeness - left.likeness || right.shared - left.shared)
    .slice(0, suggestionsMax);
}

/** The others of a family compared with its largest. */
function likeOnesOf(group: ReadonlyMap<string, ReadonlySet<string>>): HostLikeness[] {
  const hosts = [...group].sort(
    ([left, a], [right, b]) => b.size - a.size || left.localeCompare(right),
  );
  const [largest, ...others] = hosts;
  if (largest === undefined) return [];
  const [into, all] = largest;
  return others.flatMap(([host, keys]) => {
    const shared = [...keys].filter((key) => all.has(key)).length;
    const likeness = shared / keys.size;
    return shared >= sharedMin && likeness >= likenessMin ? [{ host, into, shared, likeness }] : [];
  });
}

/** A host without what tells regions and instances apart. */
function familyOf(host: string): string {
  return host
    .split(/([.-])/)
    .map((part) => (isPlace(part) ? "*" : part.replace(/\d+/g, "#")))
    .join("")
    .replaceAll(/\*(?:[.-][*#])*/g, "*")
    .replace(/^\*[.-]|[-]\*(?=\.)/g, "");
}

function isPlace(part: string): boolean {
  return (
    countryCodes.has(part.toUpperCase()) ||
    languageCodes.has(part) ||
    /^(?:us|eu|ap|sa|af|me|ca|uk|emea|apac|amer|east|west|north|south|central|northeast|southeast|northwest|southwest)\d*$/.test(
      part,
    )
  );
}
