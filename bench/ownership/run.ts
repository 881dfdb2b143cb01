import { parseArgs } from "node:util";
import { measureOwnership, type OwnershipOptions, ownershipDefaults } from "./measure-ownership.ts";

/*
 * How well object authorization tells who uses somebody else's objects, on simulated traffic of a
 * company with sharing, groups, support staff and public objects, over several seeds and shapes.
 */

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });

const shapes: readonly (readonly [name: string, changes: Partial<OwnershipOptions>])[] = [
  ["500 users", { seed: 31 }],
  ["500 users", { seed: 32 }],
  ["500 users", { seed: 33 }],
  ["60 users", { seed: 34, users: 60, groups: 8, visits: 4_000, attackers: 2, staff: 2 }],
  ["25 staff", { seed: 35, staff: 25 }],
  ["150 groups", { seed: 36, groups: 150 }],
  ["40 attackers", { seed: 37, attackers: 40 }],
  ["2,000 users", { seed: 38, users: 2_000, visits: 20_000 }],
];

for (const [name, changes] of shapes) {
  const figures = await measureOwnership({ ...ownershipDefaults, ...changes });
  if (values.json) {
    console.log(JSON.stringify({ name, seed: changes.seed, ...figures }));
  } else {
    const { calls, attacks, recall, precision, honestRefused, bytesPerUser } = figures;
    console.log(
      `${name.padEnd(14)} seed ${changes.seed}  ${calls} calls, ${attacks} attacks  recall ${recall.toFixed(3)}` +
        `  precision ${precision.toFixed(3)}  honest refused ${honestRefused}  ${Math.round(bytesPerUser / 1024)} KiB a user`,
    );
  }
}
