import { describe, expect, test } from "vitest";
import { measureBaseline, readBaseline, regressionsOf } from "../bench/accuracy/baseline.ts";
import { hasCorpora } from "../bench/accuracy/corpora.ts";

/** A fifth of a percentage point: one or two cases of the sample. */
const tolerance = 0.002;

describe("accuracy on the corpora", () => {
  test.skipIf(!hasCorpora())(
    "is no worse than the committed baseline (skipped without the corpora in ../shared/corpora)",
    () => {
      const now = measureBaseline();

      expect(regressionsOf(now, readBaseline(), tolerance)).toEqual([]);
    },
  );

  test("counts a lower detection rate and more false positives as worse, not the opposite", () => {
    const before = { "a sql-injection": 0.9, "a honest": 0.01 };

    expect(regressionsOf({ "a sql-injection": 0.95, "a honest": 0 }, before, 0.002)).toEqual([]);
    expect(regressionsOf({ "a sql-injection": 0.8, "a honest": 0.02 }, before, 0.002)).toEqual([
      "a sql-injection: 0.9 before, 0.8 now",
      "a honest: 0.01 before, 0.02 now",
    ]);
  });
});
