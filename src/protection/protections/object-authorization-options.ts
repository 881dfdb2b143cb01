import { z } from "zod";
import type { Mode } from "../../model/decision.ts";
import type { Confidence } from "../../model/detection.ts";
import { tryParseEndpointPattern } from "../endpoint-pattern.ts";
import { modeOption } from "../mode-options.ts";
import { isOwnershipRule } from "./object-authorization/ownership-rule.ts";

export interface ObjectAuthorizationOptions {
  readonly mode?: Mode;
  readonly learn: boolean;
  readonly confidenceMin: Confidence;
  readonly enumerationMax: number;
  readonly exemptRoles: readonly string[];
  readonly rules: readonly { readonly endpoints: readonly string[]; readonly require: string }[];
}

const rule = z.strictObject({
  endpoints: z
    .array(
      z.string().refine((pattern) => tryParseEndpointPattern(pattern) !== undefined, {
        error: "must name an endpoint as `METHOD host/path/{parameter}`",
      }),
    )
    .min(1)
    .max(1_000)
    .describe("Where the rule holds; the parameters that it speaks of are in braces."),
  require: z
    .string()
    .refine(isOwnershipRule, {
      error: "must be such as `path.userId == token.sub` or `query.account == principal.id`",
    })
    .describe(
      "What must be equal: `path.`, `query.` or `header.` NAME and `token.CLAIM` or `principal.id`.",
    ),
});

/** Options of the protection `object-authorization`. */
export const objectAuthorizationOptions: z.ZodType<ObjectAuthorizationOptions> = z
  .strictObject({
    mode: modeOption.exactOptional(),
    learn: z
      .boolean()
      .default(true)
      .describe("Learn from answers whose objects are whose, and tell who uses somebody else's."),
    confidenceMin: z
      .enum(["low", "medium", "high"])
      .default("medium")
      .describe("Least confidence at which such a use is refused; below it is only reported."),
    enumerationMax: z
      .int()
      .min(2)
      .max(10_000)
      .default(20)
      .describe(
        "Objects of others that one principal may ask for in an hour before all are refused.",
      ),
    exemptRoles: z
      .array(z.string().min(1))
      .max(100)
      .default([])
      .describe("Roles whose principals may use everybody's objects, such as `support`."),
    rules: z
      .array(rule)
      .max(1_000)
      .default([])
      .describe("What must hold whatever was learned: `path.userId == token.sub`."),
  })
  .describe("Whose objects are whose.");
