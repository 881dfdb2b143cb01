import { describe, expect, test } from "vitest";
import { measureBaseline, readBaseline, regressionsOf } from "../bench/accuracy/baseline.ts";
import { hasCorpora } from "../bench/accuracy/corpora.ts";
import { generatedCases } from "../bench/accuracy/generators/generated-cases.ts";
import { measure } from "../bench/accuracy/measure.ts";
import { summaryOf } from "../bench/accuracy/score.ts";
import { builtInDetectors } from "../src/detection/detectors/index.ts";

/** A fifth of a percentage point: one or two cases of the sample. */
const tolerance = 0.002;

describe("generated cases", () => {
  test("are the same for the same seed, and others for another", () => {
    const idless = (seed: number) =>
      generatedCases(seed, 20).map(({ cls, payload }) => `${cls} ${payload ?? ""}`);

    expect(idless(3)).toEqual(idless(3));
    expect(idless(3)).not.toEqual(idless(4));
  });

  test("are flagged when they are attacks and pass when they are not, but for one in fifty", () => {
    const rows = measure(generatedCases(7, 60), { detectors: builtInDetectors, sampleMax: 60 });
    const { detection, falsePositives } = summaryOf(rows);

    expect(detection).toBeGreaterThan(0.98);
    expect(falsePositives).toBeLessThan(0.005);
  });
});

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
