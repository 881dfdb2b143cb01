import { z } from "zod";

/** One API key as it is kept: without the key. */
export interface ApiKeyRecord {
  /** Public; also the first part of the key. */
  readonly id: string;
  readonly name: string;
  /** SHA-256 of the whole key in base64url. */
  readonly hash: string;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
  readonly created?: string;
  /** RFC 3339; from then on it is refused. */
  readonly expires?: string;
  readonly revoked?: string;
}

export interface ApiKeysOptions {
  readonly headers: readonly string[];
  readonly query: readonly string[];
  readonly keys: readonly ApiKeyRecord[];
  readonly file?: string;
}

const names = z.array(z.string().min(1).max(200)).max(100);
const moment = z.iso.datetime({ offset: true });

/** One entry of the list of API keys, in the configuration or in a file of `merlon keys`. */
export const apiKeyRecord: z.ZodType<ApiKeyRecord> = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]{1,32}$/, { error: "must be small letters and digits" })
    .describe("Public name of the key in decisions."),
  name: z
    .string()
    .min(1)
    .max(200)
    .describe("Whom it was given to; all keys of a name are one caller."),
  hash: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/, { error: "must be SHA-256 of the key in base64url" })
    .describe("SHA-256 of the whole key in base64url."),
  scopes: names.default([]).describe("What the key may be used for."),
  roles: names.default([]).describe("Roles of its holder."),
  created: moment.exactOptional().describe("When it was made."),
  expires: moment.exactOptional().describe("From when on it is refused."),
  revoked: moment.exactOptional().describe("When it was revoked."),
});

/** Options of `protections.authentication.apiKeys`. */
export const apiKeysOptions: z.ZodType<ApiKeysOptions> = z
  .strictObject({
    headers: z
      .array(z.string().regex(/^[a-z0-9._-]+$/, { error: "must be in small letters" }))
      .default(["x-api-key"])
      .describe("Headers that hold a key; `Authorization: ApiKey …` is always read."),
    query: names.default([]).describe("Query parameters that hold a key."),
    keys: z.array(apiKeyRecord).max(100_000).default([]).describe("Keys, by their hash."),
    file: z
      .string()
      .min(1)
      .exactOptional()
      .describe("Keys that `merlon keys` manages, read anew when the file changes."),
  })
  .describe("API keys that Merlon issued or knows by their hash.");
