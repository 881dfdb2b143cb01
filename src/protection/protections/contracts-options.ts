import { z } from "zod";
import type { Mode } from "../../model/decision.ts";
import { modeOption } from "../mode-options.ts";

/** `privileged`: blocked when the name decides what somebody may do, owns or has paid; else reported. */
type ForeignAction = "block" | "privileged" | "report" | "ignore";
type Action = "block" | "report" | "ignore";

export interface ContractsOptions {
  readonly mode?: Mode;
  readonly unknownPaths: Action;
  readonly unknownMethods: Action;
  readonly invalidRequests: Action;
  readonly undeclaredParameters: ForeignAction;
  readonly ignoredParameters: readonly string[];
  readonly undeclaredProperties: ForeignAction;
  readonly readOnlyProperties: ForeignAction;
  readonly responses: "ignore" | "report" | "mask" | "block";
  readonly graphqlOperations: readonly string[];
  readonly learned: Action;
  readonly learnedConfidenceMin: number;
  readonly learnedSamplesMin: number;
}

const action = z.enum(["block", "report", "ignore"]);
const foreignAction = z.enum(["block", "privileged", "report", "ignore"]);

/** Options of the protection `contracts`. */
export const contractsOptions: z.ZodType<ContractsOptions> = z
  .strictObject({
    mode: modeOption.exactOptional(),
    unknownPaths: action
      .default("block")
      .describe(
        "A path below a described base path that no description has: 404. What the inventory knows to be in use is only reported.",
      ),
    unknownMethods: action.default("block").describe("A method that the path does not have: 405."),
    invalidRequests: action
      .default("block")
      .describe("A value, body or media type that is not as described, or missing: 400 or 415."),
    undeclaredParameters: foreignAction
      .default("block")
      .describe("A query parameter that the operation does not have: 400."),
    ignoredParameters: z
      .array(z.string().min(1))
      .default(["utm_*", "_", "fbclid", "gclid"])
      .describe("Query parameters that any request may have; `utm_*` stands for a beginning."),
    undeclaredProperties: foreignAction
      .default("privileged")
      .describe("A body property that the schema does not have: 400; where it is closed, always."),
    readOnlyProperties: foreignAction
      .default("privileged")
      .describe("A body property that the schema says is read-only: 400."),
    responses: z
      .enum(["ignore", "report", "mask", "block"])
      .default("report")
      .describe(
        "What happens to a response with undeclared or write-only properties: mask leaves them out; block acts on sensitive ones.",
      ),
    graphqlOperations: z
      .array(z.string().min(1))
      .default([])
      .describe(
        "SHA-256 (hex) of the GraphQL documents, or ids of the persisted ones, that alone may be called; empty: any of the schema.",
      ),
    learned: action
      .default("report")
      .describe("How far what was learned from traffic goes where no description speaks."),
    learnedConfidenceMin: z
      .number()
      .min(0.5)
      .max(1)
      .default(0.95)
      .describe("Confidence from which a learned type counts."),
    learnedSamplesMin: z
      .int()
      .min(1)
      .default(50)
      .describe("Requests from which what was learned counts."),
  })
  .describe("Holds requests and responses to the descriptions of the APIs behind.");
