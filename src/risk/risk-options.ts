import { z } from "zod";
import { factorWeights } from "./factor-weights-table.ts";

export interface RiskOptions {
  readonly weights: Readonly<
    Record<string, { readonly likelihood: number; readonly impact: number }>
  >;
  readonly owners: readonly { readonly serves: string; readonly owner: string }[];
  readonly secretWords?: string;
  readonly vulnerabilities: {
    readonly database?: string;
    readonly exploited?: string;
    readonly epss?: string;
  };
}

const share = z.number().min(0).max(0.95);
const serves = z
  .string()
  .min(1)
  .max(512)
  .describe("Host with a path prefix (`shop.example/api`), or a prefix alone (`/api`).");

const weight = z.strictObject({
  likelihood: share.describe("How far it brings likelihood towards 1, 0 to 0.95."),
  impact: share.describe("How far it brings impact towards 1, 0 to 0.95."),
});

/** How risks are weighed, who owns what, and what vulnerable components are looked up in. */
export const riskOptions: z.ZodType<RiskOptions> = z
  .strictObject({
    weights: z
      .strictObject(
        Object.fromEntries(
          Object.entries(factorWeights).map(([factor, { likelihood, impact }]) => [
            factor,
            weight
              .exactOptional()
              .describe(`Weight of \`${factor}\`; built in: ${likelihood} and ${impact}.`),
          ]),
        ),
      )
      .default({})
      .describe("Weights that replace the built-in ones, by risk factor."),
    owners: z
      .array(z.strictObject({ serves, owner: z.string().min(1).max(128).describe("The team.") }))
      .default([])
      .describe("Who owns which endpoints; the longest prefix wins."),
    secretWords: z
      .string()
      .min(1)
      .exactOptional()
      .describe("File with further words to try as secrets of tokens, one a line."),
    vulnerabilities: z
      .strictObject({
        database: z
          .string()
          .min(1)
          .exactOptional()
          .describe("OSV database: a directory or zip as published, or its https address."),
        exploited: z
          .string()
          .min(1)
          .exactOptional()
          .describe("Catalogue of exploited vulnerabilities (CISA KEV, JSON)."),
        epss: z.string().min(1).exactOptional().describe("Exploit probabilities (EPSS, CSV)."),
      })
      .prefault({})
      .describe("What the components of workloads are looked up in."),
  })
  .prefault({})
  .describe(
    "How risks are weighed, and what is known of the software behind.",
  ) as unknown as z.ZodType<RiskOptions>;

export interface WorkloadOptions {
  readonly name: string;
  readonly serves: string;
  readonly components: readonly string[];
  readonly owner?: string;
}

/** The software behind hosts and path prefixes. */
export const workloadOptions: z.ZodType<readonly WorkloadOptions[]> = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(128).describe("What people call it."),
      serves,
      components: z
        .array(z.string().min(1))
        .min(1)
        .describe("Bills of materials (CycloneDX, SPDX) or lock files, relative to this file."),
      owner: z.string().min(1).max(128).exactOptional().describe("The team that runs it."),
    }),
  )
  .default([])
  .describe("The software behind hosts and path prefixes, for its known vulnerabilities.");
