import type { RequestHead } from "../../src/model/exchange.ts";
import { createAuthenticationCases } from "./authentication-cases.ts";
import { createContractCases } from "./contract-cases.ts";
import { createLimitCases } from "./limit-cases.ts";
import { createMeasurableCase } from "./measure-case.ts";
import type { ProtectionCase } from "./protection-case.ts";

/*
 * Microseconds of CPU a request of each protection, less what a transaction costs without any.
 * Rounds of all cases are interleaved, so that what else the machine does hits all alike.
 */

const ROUNDS = 15;
const REQUESTS_PER_ROUND = 250;

const head: RequestHead = {
  method: "POST",
  scheme: "https",
  authority: "api.example",
  path: "/api/v1/orders",
  query: "expand=items",
  httpVersion: "1.1",
  headers: [
    ["host", "api.example"],
    ["user-agent", "shop-app/4.2 (Android 15)"],
    ["accept", "application/json"],
    ["accept-encoding", "gzip, br"],
    ["content-type", "application/json"],
    ["content-length", "1024"],
    ["x-request-id", "6f1c2f0e-5b0e-4a53-9a53-0f1f6f8e9d11"],
  ],
};

const nothing: ProtectionCase = {
  name: "nothing",
  protections: [],
  settings: {},
  requests: [head],
};
const cases = [
  nothing,
  ...(await createAuthenticationCases(head)),
  ...createContractCases(head),
  ...createLimitCases(head),
];
const measured = cases.map((one) => ({
  one: createMeasurableCase(one),
  perRoundUs: [] as number[],
}));

for (const { one } of measured) if (one.requests === 1) await one.run(2_000);
for (let round = 0; round < ROUNDS; round += 1) {
  for (const { one, perRoundUs } of measured) perRoundUs.push(await one.run(REQUESTS_PER_ROUND));
}

const medianOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const baseUs = medianOf(measured[0]?.perRoundUs ?? []);

for (const { one, perRoundUs } of measured) {
  const costUs = one.name === nothing.name ? baseUs : medianOf(perRoundUs) - baseUs;
  console.log(`${one.name.padEnd(48)} ${costUs.toFixed(1).padStart(8)} µs`);
}
