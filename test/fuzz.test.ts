import { expect, test } from "vitest";
import { fuzzRound } from "../bench/fuzz/fuzz-round.ts";
import { seedTexts } from "../bench/fuzz/seeds-table.ts";

test("thousands of mutated requests make no decoder, detector or protection throw", async () => {
  const { inputs, findings } = await fuzzRound(seedTexts, { seed: 20_261_124, inputs: 2_000 });

  // Times of a shared machine prove nothing here: `npm run fuzz` holds inputs to their bound.
  expect(findings.filter(({ kind }) => kind === "exception")).toEqual([]);
  expect(inputs).toBe(2_000);
});
