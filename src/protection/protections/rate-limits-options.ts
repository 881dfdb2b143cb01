import { z } from "zod";
import type { Mode } from "../../model/decision.ts";
import { tryParseEndpointPattern } from "../endpoint-pattern.ts";
import { modeOption } from "../mode-options.ts";
import { isKeyPart } from "./rate-limits/limit-key.ts";

/** One limit: how much, per what, where. */
export interface RateLimit {
  readonly name: string;
  /** Endpoint patterns; empty means everywhere. */
  readonly endpoints: readonly string[];
  readonly by: readonly string[];
  readonly counts: "requests" | "request-bytes" | "response-bytes";
  readonly amount: number;
  readonly periodSeconds: number;
  readonly burst?: number;
  readonly algorithm: "token-bucket" | "sliding-window";
  readonly whenAway: "open" | "closed" | "local";
}

/** So many requests of one key at the same time. */
export interface ConcurrencyLimit {
  readonly name: string;
  readonly endpoints: readonly string[];
  readonly by: readonly string[];
  readonly requestsMax: number;
}

export interface RateLimitsOptions {
  readonly mode?: Mode;
  readonly limits: readonly RateLimit[];
  readonly concurrency: readonly ConcurrencyLimit[];
  readonly responseHeaders: boolean;
}

const name = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,62}$/, { error: "must be a lower-case name such as `per-client`" })
  .describe("Its name in decisions and in the RateLimit headers.");

const endpoints = z
  .array(
    z.string().refine((pattern) => tryParseEndpointPattern(pattern) !== undefined, {
      error: "must name an endpoint as `METHOD host/path`, such as `POST */login`",
    }),
  )
  .max(1_000)
  .default([])
  .describe("Where it holds: `METHOD host/path/{parameter}`, `*` for any; empty: everywhere.");

const by = z
  .array(
    z.string().refine(isKeyPart, {
      error:
        "must be client, network, principal, api-key, endpoint, host, method, everyone, or header:NAME, cookie:NAME, query:NAME, claim:NAME",
    }),
  )
  .min(1)
  .max(8)
  .default(["client"])
  .describe(
    "What has a budget of its own: client, network, principal, api-key, endpoint, host, method, everyone, header:NAME, cookie:NAME, query:NAME, claim:NAME, or several together. A limit by something that a request lacks falls to its client.",
  );

const limit = z.strictObject({
  name,
  endpoints,
  by,
  counts: z
    .enum(["requests", "request-bytes", "response-bytes"])
    .default("requests")
    .describe(
      "What is counted; bytes are charged when they are known, and refuse what comes next.",
    ),
  amount: z.int().min(1).max(1_000_000_000_000).describe("How much in each period."),
  periodSeconds: z
    .number()
    .min(0.001)
    .max(31_536_000)
    .describe("Length of the period, in seconds: 60, 3600, 86400."),
  burst: z
    .int()
    .min(1)
    .max(1_000_000_000_000)
    .exactOptional()
    .describe("How much at once; missing: the whole amount. Only for token-bucket."),
  algorithm: z
    .enum(["token-bucket", "sliding-window"])
    .default("token-bucket")
    .describe(
      "token-bucket refills evenly; sliding-window never lets more than the amount through.",
    ),
  whenAway: z
    .enum(["open", "closed", "local"])
    .default("local")
    .describe(
      "While the shared counter store is away: let pass, refuse, or count on this machine.",
    ),
});

const concurrency = z.strictObject({
  name,
  endpoints,
  by,
  requestsMax: z
    .int()
    .min(1)
    .max(1_000_000)
    .describe("Requests of one key under way at the same time, in each gateway thread."),
});

/** Options of the protection `rate-limits`. */
export const rateLimitsOptions: z.ZodType<RateLimitsOptions> = z
  .strictObject({
    mode: modeOption.exactOptional(),
    limits: z
      .array(limit)
      .max(200)
      .default([])
      .describe("Budgets; a request must fit all of them."),
    concurrency: z
      .array(concurrency)
      .max(200)
      .default([])
      .describe("How many requests may be under way at the same time."),
    responseHeaders: z
      .boolean()
      .default(true)
      .describe("Tell clients their budget in RateLimit and RateLimit-Policy."),
  })
  .describe("Budgets of requests and bytes.");
