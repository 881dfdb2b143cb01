import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  countDistinct,
  createDistinctCounter,
  distinctOf,
  mergeDistinct,
} from "./distinct-counter.ts";
import { addValue, type Quantiles, quantileOf } from "./quantiles.ts";

describe("the distinct counter", () => {
  const counterOf = (texts: readonly string[]): ReturnType<typeof createDistinctCounter> => {
    const counter = createDistinctCounter();
    for (const text of texts) countDistinct(counter, text);
    return counter;
  };

  test("is exact for few, whatever the order and however often", () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { maxLength: 200 }), (texts) => {
        expect(distinctOf(counterOf(texts))).toBe(new Set(texts).size);
        expect(counterOf(texts.toReversed())).toEqual(counterOf(texts));
      }),
    );
  });

  test.each([1_000, 20_000, 100_000])("is close for %i, in bounded memory", (count) => {
    const counter = counterOf(Array.from({ length: count }, (_, at) => `client-${at}`));
    expect(counter.smallest.length).toBeLessThanOrEqual(256);
    expect(Math.abs(distinctOf(counter) - count) / count).toBeLessThan(0.2);
  });

  test("counts the union after a merge", () => {
    const left = counterOf(["a", "b"]);
    mergeDistinct(left, counterOf(["b", "c"]));
    expect(distinctOf(left)).toBe(3);
  });
});

describe("quantiles", () => {
  test("are within a tenth, in bounded memory", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), {
          minLength: 1,
          maxLength: 500,
        }),
        (values) => {
          const quantiles: Quantiles = new Map();
          for (const value of values) addValue(quantiles, value);
          const exact =
            values.toSorted((left, right) => left - right)[Math.ceil(values.length / 2) - 1] ?? 0;
          expect(quantileOf(quantiles, 0.5)).toBeGreaterThan(exact * 0.94);
          expect(quantileOf(quantiles, 0.5)).toBeLessThan(exact * 1.06);
          expect(quantiles.size).toBeLessThanOrEqual(301);
        },
      ),
    );
  });

  test("ignore what is no duration", () => {
    const quantiles: Quantiles = new Map();
    for (const value of [Number.NaN, -1]) addValue(quantiles, value);
    expect(quantileOf(quantiles, 0.5)).toBe(0);
  });
});
