import { z } from "zod";
import type { Mode } from "../../model/decision.ts";
import type { Confidence } from "../../model/detection.ts";
import { tryParseEndpointPattern } from "../endpoint-pattern.ts";
import { modeOption } from "../mode-options.ts";

/** Who may call some endpoints. */
export interface FunctionRule {
  readonly endpoints: readonly string[];
  readonly roles: readonly string[];
  readonly scopes: readonly string[];
  readonly claims: Readonly<Record<string, string>>;
}

export interface FunctionAuthorizationOptions {
  readonly mode?: Mode;
  readonly rules: readonly FunctionRule[];
  readonly trustUnverified: boolean;
  readonly roleClaims: readonly string[];
  readonly learn: boolean;
  readonly confidenceMin: Confidence;
}

const rule = z.strictObject({
  endpoints: z
    .array(
      z.string().refine((pattern) => tryParseEndpointPattern(pattern) !== undefined, {
        error: "must name an endpoint as `METHOD host/path`, such as `* */admin/{page}`",
      }),
    )
    .min(1)
    .max(1_000)
    .describe("Where the rule holds."),
  roles: z
    .array(z.string().min(1))
    .max(100)
    .default([])
    .describe("The caller must have one of these roles; empty: any."),
  scopes: z
    .array(z.string().min(1))
    .max(100)
    .default([])
    .describe("The caller must have all of these scopes."),
  claims: z
    .record(z.string().min(1).max(200), z.string().max(1_000))
    .default({})
    .describe("Claims that the caller's token must have, by name."),
});

/** Options of the protection `function-authorization`. */
export const functionAuthorizationOptions: z.ZodType<FunctionAuthorizationOptions> = z
  .strictObject({
    mode: modeOption.exactOptional(),
    rules: z.array(rule).max(1_000).default([]).describe("Who may call what."),
    trustUnverified: z
      .boolean()
      .default(false)
      .describe(
        "Take roles and claims as the client states them, where the API itself verifies its tokens.",
      ),
    roleClaims: z
      .array(z.string().min(1).max(200))
      .max(20)
      .default(["roles", "role", "groups", "authorities", "realm_access.roles"])
      .describe("Claims that hold a principal's roles; a dot leads into an object."),
    learn: z
      .boolean()
      .default(true)
      .describe("Learn which roles call which endpoints, and tell when another one does."),
    confidenceMin: z
      .enum(["low", "medium", "high"])
      .default("high")
      .describe("Least confidence at which a new caller is refused; below it is reported."),
  })
  .describe("Who may call what.");
