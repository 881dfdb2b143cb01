import { z } from "zod";
import type { Mode } from "../model/decision.ts";
import { tryParseEndpointPattern } from "./endpoint-pattern.ts";
import { modeOption } from "./mode-options.ts";
import type { Policy } from "./policy.ts";
import { builtInProtections } from "./protections/index.ts";

const modeByProtection = z
  .strictObject(
    Object.fromEntries(
      builtInProtections.map(({ id, summary }) => [
        id,
        z.strictObject({ mode: modeOption }).exactOptional().describe(summary),
      ]),
    ),
  )
  .describe("Mode of single protections here.");

const endpointKey = z
  .string()
  .refine((key) => tryParseEndpointPattern(key) !== undefined, {
    error: "must name an endpoint as `METHOD host/path`, such as `GET shop.example/products/{id}`",
  })
  .describe("`METHOD host/path/{parameter}`; `*` stands for any method or host.");

const protections = z
  .strictObject(
    Object.fromEntries(
      builtInProtections.map(({ id, options, summary }) => [
        id,
        options.prefault({}).describe(summary),
      ]),
    ),
  )
  .prefault({})
  .describe("Each protection's mode and options.");

const api = z.strictObject({
  host: z.string().min(1).exactOptional().describe("Host, with a port if only that port is meant."),
  pathPrefix: z.string().startsWith("/").exactOptional().describe("`/api` covers `/api/…` too."),
  mode: modeOption.exactOptional(),
  protections: modeByProtection.exactOptional(),
});

const endpoint = z.strictObject({
  endpoint: endpointKey,
  mode: modeOption.exactOptional(),
  protections: modeByProtection.exactOptional(),
});

const exception = z.strictObject({
  id: z.string().min(1).max(100).describe("Name of the exception in decisions."),
  detector: z.string().min(1).describe("The detector that it lets pass, such as `sql-injection`."),
  endpoint: endpointKey.exactOptional(),
  field: z
    .string()
    .regex(/^(path|query|header|cookie|body):/, {
      error: "must name a field as `location:name`, such as `query:id` or `body:$.items[*].name`",
    })
    .exactOptional()
    .describe("`query:id`, `body:$.items[*].name`; missing means every field."),
  reason: z.string().max(1_000).exactOptional().describe("Why, for those who read it later."),
  createdMs: z.number().exactOptional().describe("When it was made, in milliseconds since 1970."),
});

/** The protections' options with the files that they name made absolute. */
export function protectionsWithPaths(
  settings: Policy["protections"],
  pathOf: (path: string) => string,
): Policy["protections"] {
  return Object.fromEntries(
    builtInProtections.map(({ id, withPaths }) => [id, { ...withPaths(settings[id], pathOf) }]),
  );
}

/** What these keys amount to. */
export type PolicyOptions = Policy;

/** The keys of merlon.yaml that make up the policy. */
export const policyOptions: {
  readonly mode: z.ZodType<Mode>;
  readonly onFailure: z.ZodType<Policy["onFailure"]>;
  readonly protections: z.ZodType<Policy["protections"]>;
  readonly apis: z.ZodType<Policy["apis"]>;
  readonly endpoints: z.ZodType<Policy["endpoints"]>;
  readonly exceptions: z.ZodType<Policy["exceptions"]>;
} = {
  mode: modeOption.default("observe").describe("Mode of everything that has none of its own."),
  onFailure: z
    .enum(["allow", "block"])
    .default("allow")
    .describe("What happens to a request when a protection itself fails."),
  protections,
  apis: z.array(api).default([]).describe("Modes by host and path prefix."),
  endpoints: z.array(endpoint).default([]).describe("Modes by endpoint."),
  exceptions: z
    .array(exception)
    .default([])
    .describe("What a detector may pass, as narrow as possible."),
};
