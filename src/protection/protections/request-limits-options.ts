import { z } from "zod";
import type { Mode } from "../../model/decision.ts";
import { modeOption } from "../mode-options.ts";

export interface RequestLimitsOptions {
  readonly mode?: Mode;
  readonly urlBytesMax: number;
  readonly headersMax: number;
  readonly headerBytesMax: number;
  readonly bodyBytesMax: number;
  readonly uninspectedBody: "allow" | "block";
  readonly unreadableBody: "allow" | "block";
}

/** Options of the protection `request-limits`. */
export const requestLimitsOptions: z.ZodType<RequestLimitsOptions> = z
  .strictObject({
    mode: modeOption.exactOptional(),
    urlBytesMax: z
      .int()
      .min(64)
      .default(16_384)
      .describe("Longest path and query together, in bytes; over it: 414."),
    headersMax: z.int().min(1).default(100).describe("Most header fields; over it: 431."),
    headerBytesMax: z
      .int()
      .min(256)
      .default(32_768)
      .describe("Most bytes of all header names and values together; over it: 431."),
    bodyBytesMax: z
      .int()
      .min(0)
      .default(104_857_600)
      .describe("Longest declared body (Content-Length), in bytes; over it: 413."),
    uninspectedBody: z
      .enum(["allow", "block"])
      .default("block")
      .describe(
        "A JSON, XML, form or GraphQL body longer than what is inspected: block (413) or allow.",
      ),
    unreadableBody: z
      .enum(["allow", "block"])
      .default("block")
      .describe(
        "A body that is not what its Content-Type says, or is nested or numerous beyond the limits: block (400) or allow.",
      ),
  })
  .describe("Refuses requests beyond sizes and depths that honest clients need.");
