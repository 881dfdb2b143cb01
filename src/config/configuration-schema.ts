import { z } from "zod";
import { type CounterOptions, counterOptions } from "../protection/counters/counter-options.ts";
import { type PolicyOptions, policyOptions } from "../protection/policy-options.ts";
import {
  type RiskOptions,
  riskOptions,
  type WorkloadOptions,
  workloadOptions,
} from "../risk/risk-options.ts";
import { type GatewayOptions, gatewayOptionShape } from "../sources/gateway/gateway-options.ts";
import { type ConsoleOptions, consoleOptions } from "./console-options.ts";
import { type LearningOptions, learningOptions } from "./learning-options.ts";
import { type NotificationOptions, notificationOptions } from "./notification-options.ts";
import { type StorageOptions, storageOptions } from "./storage-options.ts";

/** The whole of merlon.yaml with every default filled in. */
export interface ConfigurationDocument extends PolicyOptions {
  readonly listen: GatewayOptions["listen"];
  readonly upstream?: string;
  readonly upstreams?: GatewayOptions["upstreams"];
  readonly gateway: Omit<GatewayOptions, "listen" | "upstreams"> & { readonly workers?: number };
  readonly specifications: readonly string[];
  readonly storage: StorageOptions;
  readonly console: ConsoleOptions;
  readonly learning: LearningOptions;
  readonly notifications: NotificationOptions;
  readonly risk: RiskOptions;
  readonly workloads: readonly WorkloadOptions[];
  readonly counters: CounterOptions;
}

const { listen, upstreams, ...gatewayRest } = gatewayOptionShape;

/** Every key has a default of its own, which the type of a finished schema does not tell. */
const noKeys = {} as Record<keyof typeof gatewayRest, unknown>;

/** The schema of merlon.yaml, composed of each part's own options. */
export const configurationSchema: z.ZodType<ConfigurationDocument> = z
  .strictObject({
    listen,
    upstream: z
      .url({ protocol: /^https?$/ })
      .exactOptional()
      .describe("The API behind, when there is one: `http://127.0.0.1:3000`."),
    upstreams: upstreams.exactOptional().describe("The APIs behind, by host and path prefix."),
    gateway: z
      .strictObject({
        ...gatewayRest,
        workers: z
          .int()
          .min(1)
          .max(256)
          .exactOptional()
          .describe("Gateway threads that share the port; missing: one a core."),
      })
      .prefault(noKeys)
      .describe("Timeouts, limits and proxies in front."),
    ...policyOptions,
    specifications: z
      .array(z.string().min(1))
      .default([])
      .describe("OpenAPI files of the APIs behind, relative to this file."),
    storage: storageOptions,
    console: consoleOptions,
    learning: learningOptions,
    notifications: notificationOptions,
    risk: riskOptions,
    workloads: workloadOptions,
    counters: counterOptions,
  })
  .describe("Configuration of Merlon.");

/** JSON Schema (2020-12) of merlon.yaml for editors. */
export function createJsonSchema(): unknown {
  return {
    title: "merlon.yaml",
    ...z.toJSONSchema(configurationSchema, { io: "input" }),
  };
}
