import { countIn } from "./counts.ts";

/**
 * Counts positive numbers in buckets that grow by 10 %, so that each quantile is right within 5 %.
 * At most about 200 buckets between a microsecond and an hour. Mergeable and independent of the order.
 */
export type Quantiles = Map<number, number>;

const growth = Math.log(1.1);
const bucketMin = -100;
const bucketMax = 200;

export function addValue(quantiles: Quantiles, value: number): void {
  if (!(value >= 0)) return;
  const bucket = value === 0 ? bucketMin : Math.round(Math.log(value) / growth);
  countIn(quantiles, Math.max(bucketMin, Math.min(bucketMax, bucket)));
}

/** The value below which a share of all values lies; 0 when there are none. */
export function quantileOf(quantiles: Quantiles, share: number): number {
  const buckets = [...quantiles].sort(([left], [right]) => left - right);
  const total = buckets.reduce((sum, [, count]) => sum + count, 0);
  let rest = share * total;
  for (const [bucket, count] of buckets) {
    rest -= count;
    if (rest <= 0)
      return bucket === bucketMin ? 0 : Number(Math.exp(bucket * growth).toPrecision(3));
  }
  return 0;
}
