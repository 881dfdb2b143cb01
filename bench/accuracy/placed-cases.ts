import type { Case, CaseRequest } from "./case.ts";
import { disputes } from "./disputed-table.ts";
import { placements } from "./placements.ts";

export interface PlacingOptions {
  /** The classes of attack that are scored; honest cases always are. */
  readonly classes: ReadonlySet<string>;
  /** Cases of each corpus and class that are placed everywhere; all of them go into the query. */
  readonly sampleMax: number;
  /** Cases of each corpus and class in the query; all when missing. */
  readonly queryMax?: number;
  /** Score the cases too whose label does not hold. */
  readonly withDisputed?: boolean;
}

/** Cases of one corpus and class, all in the same place of a request. */
export interface PlacedGroup {
  readonly corpus: string;
  readonly cls: string;
  readonly placement: string;
  readonly isAttack: boolean;
  readonly cases: readonly PlacedCase[];
}

interface PlacedCase {
  readonly item: Case;
  readonly request: CaseRequest;
}

/** Puts cases into requests: strings into every place, recorded requests as they are. */
export function placeCases(cases: readonly Case[], options: PlacingOptions): PlacedGroup[] {
  const scored = cases.filter(
    (item) =>
      (!item.isAttack || options.classes.has(item.cls)) &&
      (options.withDisputed === true || !isDisputed(item)),
  );
  const groups = Map.groupBy(scored, ({ corpus, cls }) => `${corpus} ${cls}`);
  return [...groups.values()].flatMap((group) => placeGroup(group, options));
}

function isDisputed({ corpus, cls, id, payload }: Case): boolean {
  return disputes.some(
    (dispute) =>
      dispute.corpus === corpus && dispute.cls === cls && dispute.matches(id, payload ?? ""),
  );
}

function placeGroup(
  group: readonly Case[],
  { queryMax, sampleMax }: PlacingOptions,
): readonly PlacedGroup[] {
  const [first] = group;
  if (first === undefined) return [];
  const { corpus, cls, isAttack } = first;
  if (first.request !== undefined) {
    const cases = sampleOf(group, queryMax).flatMap((item): PlacedCase[] =>
      item.request === undefined ? [] : [{ item, request: item.request }],
    );
    return [{ corpus, cls, isAttack, placement: "request", cases }];
  }
  return placements.map(({ name, place }) => {
    const max = name === "query" ? queryMax : sampleMax;
    const cases = sampleOf(group, max).flatMap((item): PlacedCase[] => {
      // Nobody sends a text of several lines as a segment of a path, except to attack.
      if (name === "path" && !isAttack && item.payload?.includes("\n")) return [];
      const request = place(item.payload ?? "", fieldOf(cls));
      return request === undefined ? [] : [{ item, request }];
    });
    return { corpus, cls, isAttack, placement: name, cases };
  });
}

/** Where a browser is sent is in fields made for it; everything else is tried in one of no meaning. */
function fieldOf(cls: string): string {
  return cls === "open-redirect" ? "next" : "q";
}

/** Evenly spread, and the same each time. */
function sampleOf<T>(items: readonly T[], max: number | undefined): readonly T[] {
  if (max === undefined || items.length <= max) return items;
  const step = items.length / max;
  return Array.from({ length: max }, (_, index) => items[Math.floor(index * step)]).filter(
    (item): item is T => item !== undefined,
  );
}
