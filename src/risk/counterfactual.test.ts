import fc from "fast-check";
import { expect, test } from "vitest";
import type { Endpoint, RiskContribution } from "../model/endpoint.ts";
import { counterfactualOf } from "./counterfactual.ts";
import { riskWithout, scoreWithout } from "./score.ts";

const factor = (name: string, likelihood: number, impact: number): RiskContribution => ({
  factor: name,
  points: 0,
  evidence: "Seen.",
  remedy: `Fix ${name}.`,
  references: [],
  confidence: 1,
  likelihood,
  impact,
});

const endpoint = (host: string, factors: readonly RiskContribution[]): Endpoint => {
  const risk = riskWithout({ score: 0, level: "none", factors }, new Set(["none"]));
  return { host, risk } as Endpoint;
};

test("names the weakness that many endpoints share before a worse one of a single endpoint", () => {
  const shared = factor("no-authentication", 0.5, 0.3);
  const endpoints = [
    ...Array.from({ length: 10 }, () => endpoint("a.example", [shared])),
    endpoint("a.example", [shared, factor("database-errors", 0.6, 0.6)]),
  ];
  const { total, totalAfter, fixes } = counterfactualOf(endpoints);

  expect(fixes.map((fix) => fix.factor)).toEqual(["no-authentication", "database-errors"]);
  expect(fixes[0]).toMatchObject({ endpoints: 11, host: "a.example" });
  expect(fixes.reduce((sum, { gain }) => sum + gain, 0)).toBe(total - totalAfter);
  expect(totalAfter).toBe(0);
});

test("never names a circumstance, as nobody can fix that an API is on the internet", () => {
  const { fixes } = counterfactualOf([
    endpoint("a.example", [factor("exposure", 0.9, 0.9), factor("cleartext", 0.2, 0.2)]),
  ]);
  expect(fixes.map((fix) => fix.factor)).toEqual(["cleartext"]);
});

test("finds the best three of up to twelve weaknesses of one endpoint", () => {
  const weight = fc.double({ min: 0, max: 0.9, noNaN: true });
  fc.assert(
    fc.property(fc.array(fc.tuple(weight, weight), { maxLength: 8 }), (weights) => {
      const factors = weights.map(([likelihood, impact], at) =>
        factor(`f${at}`, likelihood, impact),
      );
      const only = endpoint("a.example", factors);
      const { totalAfter } = counterfactualOf([only]);
      for (const one of factors) {
        for (const two of factors) {
          for (const three of factors) {
            const without = new Set([one.factor, two.factor, three.factor]);
            expect(scoreWithout(only.risk, without)).toBeGreaterThanOrEqual(totalAfter);
          }
        }
      }
    }),
    { numRuns: 60 },
  );
});
