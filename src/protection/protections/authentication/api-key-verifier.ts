import { createHash } from "node:crypto";
import { z } from "zod";
import { type ApiKeyRecord, type ApiKeysOptions, apiKeyRecord } from "./api-key-options.ts";
import { createKeyUse, type KeyUse } from "./api-key-use.ts";
import { refused, type Verification } from "./verification.ts";
import { watchJsonFile } from "./watched-file.ts";

/** Verifies API keys against their hashes. */
export interface ApiKeyVerifier {
  verify(key: string, timeMs: number): Verification;
}

interface IndexedKey {
  readonly record: ApiKeyRecord;
  readonly expiresMs: number;
  readonly use: KeyUse | undefined;
}

type Index = ReadonlyMap<string, IndexedKey>;

/** A file of `merlon keys`. */
export const apiKeyFile: z.ZodType<{ readonly keys: readonly ApiKeyRecord[] }> = z.strictObject({
  keys: z.array(apiKeyRecord).max(100_000),
});

/** Builds the verifier; throws ERR_CONFIG_INVALID when the file cannot be read. */
export function createApiKeyVerifier(
  { keys, file }: ApiKeysOptions,
  now: () => number,
): ApiKeyVerifier {
  const written = indexOf(keys, undefined);
  const watched =
    file === undefined
      ? undefined
      : watchJsonFile(file, {
          setting: "protections.authentication.apiKeys.file",
          now,
          read(value) {
            const parsed = apiKeyFile.safeParse(value);
            return parsed.success ? indexOf(parsed.data.keys, createKeyUse(file, now)) : undefined;
          },
        });
  return {
    verify(key, timeMs) {
      // Of a key with 256 bits of chance a plain hash tells nothing.
      const hash = createHash("sha256").update(key).digest("base64url");
      const found = watched?.current().get(hash) ?? written.get(hash);
      return found === undefined ? refused("the API key is unknown") : judged(found, timeMs);
    },
  };
}

function judged({ record, expiresMs, use }: IndexedKey, timeMs: number): Verification {
  const { id, name, scopes, roles, revoked } = record;
  if (revoked !== undefined) return refused(`the API key ${id} was revoked`);
  if (timeMs >= expiresMs) return refused(`the API key ${id} has expired`, "The API key expired");
  use?.note(id, timeMs);
  return {
    outcome: "verified",
    principal: { kind: "api-key", id: name, verified: true, scopes, roles },
  };
}

function indexOf(records: readonly ApiKeyRecord[], use: KeyUse | undefined): Index {
  return new Map(
    records.map((record) => [
      record.hash,
      { record, use, expiresMs: Date.parse(record.expires ?? "") || Infinity },
    ]),
  );
}
