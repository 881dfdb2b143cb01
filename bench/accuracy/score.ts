/** How often cases of one corpus, class and placement were flagged. */
export interface Row {
  readonly corpus: string;
  readonly cls: string;
  readonly placement: string;
  readonly isAttack: boolean;
  readonly total: number;
  readonly flagged: number;
}

/** The flagged part of the rows, from 0 to 1; undefined without any case. */
export function rateOf(rows: readonly Row[]): number | undefined {
  const total = rows.reduce((sum, row) => sum + row.total, 0);
  if (total === 0) return undefined;
  return rows.reduce((sum, row) => sum + row.flagged, 0) / total;
}

export interface Summary {
  /** Mean over the corpora's classes of the detection rate, so that large ones do not hide small ones. */
  readonly detection: number;
  /** Mean over the corpora of the rate of honest cases flagged. */
  readonly falsePositives: number;
  /** Half the detection rate plus half the honest cases passed. */
  readonly balanced: number;
}

/** The macro average over corpora, classes and placements. */
export function summaryOf(rows: readonly Row[]): Summary {
  const detection = meanOfGroups(rows.filter((row) => row.isAttack));
  const falsePositives = meanOfGroups(rows.filter((row) => !row.isAttack));
  return { detection, falsePositives, balanced: (detection + 1 - falsePositives) / 2 };
}

function meanOfGroups(rows: readonly Row[]): number {
  const groups = [...groupRows(rows, (row) => `${row.corpus} ${row.cls}`).values()];
  const rates = groups.map((group) => rateOf(group) ?? 0);
  return rates.length === 0 ? 0 : rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
}

export function groupRows(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): ReadonlyMap<string, Row[]> {
  return Map.groupBy(rows, keyOf);
}
