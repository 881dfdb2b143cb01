import { z } from "zod";
import type { Mode } from "../../model/decision.ts";
import { tryParseEndpointPattern } from "../endpoint-pattern.ts";
import { modeOption } from "../mode-options.ts";

export interface CredentialAbuseOptions {
  readonly mode?: Mode;
  readonly endpoints: readonly string[];
  readonly recognise: boolean;
  readonly windowSeconds: number;
  readonly failuresMax: number;
  readonly accountsMax: number;
  readonly accountFailuresMax: number;
  readonly passwordAccountsMax: number;
  readonly leakedPasswords?: string;
}

/** Options of the protection `credential-abuse`. */
export const credentialAbuseOptions: z.ZodType<CredentialAbuseOptions> = z
  .strictObject({
    mode: modeOption.exactOptional(),
    endpoints: z
      .array(
        z.string().refine((pattern) => tryParseEndpointPattern(pattern) !== undefined, {
          error: "must name an endpoint as `METHOD host/path`, such as `POST */login`",
        }),
      )
      .max(1_000)
      .default([])
      .describe("Endpoints that take a login although their path does not say so."),
    recognise: z
      .boolean()
      .default(true)
      .describe("Recognise logins by path and fields, and Basic credentials everywhere."),
    windowSeconds: z
      .int()
      .min(10)
      .max(86_400)
      .default(900)
      .describe("How long a failure counts, in seconds."),
    failuresMax: z
      .int()
      .min(1)
      .max(10_000)
      .default(10)
      .describe("Failures of one client with one account."),
    accountsMax: z
      .int()
      .min(2)
      .max(10_000)
      .default(15)
      .describe("Accounts one client fails with, when it fails more often than it succeeds."),
    accountFailuresMax: z
      .int()
      .min(2)
      .max(60_000)
      .default(60)
      .describe(
        "Failures of one account from anywhere; clients that it logged in from still pass.",
      ),
    passwordAccountsMax: z
      .int()
      .min(2)
      .max(10_000)
      .default(25)
      .describe("Accounts that fail with one and the same password, from anywhere."),
    leakedPasswords: z
      .string()
      .min(1)
      .exactOptional()
      .describe(
        "Directory of leaked passwords by hash prefix (files named by the first five hex digits of the SHA-1, lines `REST:COUNT`).",
      ),
  })
  .describe("Guessing of passwords and use of stolen ones.");
