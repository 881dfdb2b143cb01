import { z } from "zod";

/** Where the counters live that gateways agree on. */
export interface CounterOptions {
  readonly redis?: RedisOptions;
}

interface RedisOptions {
  readonly url: string;
  readonly passwordVariable?: string;
  readonly keyPrefix: string;
  readonly timeoutMs: number;
}

const redis = z.strictObject({
  url: z
    .url({ protocol: /^rediss?$/ })
    .describe("Address of Redis or Valkey: `redis://cache.example:6379/0`, `rediss://` with TLS."),
  passwordVariable: z
    .string()
    .regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, {
      error: "must be the name of an environment variable",
    })
    .exactOptional()
    .describe("Environment variable with the password, so that it stands in no file."),
  keyPrefix: z
    .string()
    .max(100)
    .default("merlon:")
    .describe("Before every key, so that installations can share a server."),
  timeoutMs: z
    .int()
    .min(1)
    .max(10_000)
    .default(100)
    .describe("Longest wait for an answer; after it each limit does as its `whenAway` says."),
});

/** Options of `counters`. */
export const counterOptions: z.ZodType<CounterOptions> = z
  .strictObject({
    redis: redis
      .exactOptional()
      .describe("Shared by all gateways that name the same one; missing: each machine by itself."),
  })
  .prefault({})
  .describe("Where rates and failed logins are counted.");
