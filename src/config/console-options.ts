import { z } from "zod";

export interface ConsoleOptions {
  readonly address: string;
  readonly port: number;
  readonly disabled: boolean;
}

/** Where the console, `/healthz`, `/readyz` and `/metrics` listen. */
export const consoleOptions: z.ZodType<ConsoleOptions> = z
  .strictObject({
    address: z
      .string()
      .min(1)
      .default("127.0.0.1")
      .describe("Address the console listens on; loopback unless said otherwise."),
    port: z
      .int()
      .min(0)
      .max(65_535)
      .default(7_070)
      .describe("Port of the console; 0 takes a free one."),
    disabled: z
      .boolean()
      .default(false)
      .describe("true: no console, no metrics, no health checks."),
  })
  .prefault({})
  .describe("The console, with health checks and metrics.");
