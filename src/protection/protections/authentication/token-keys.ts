import { readFileSync } from "node:fs";
import { MerlonError } from "../../../model/merlon-error.ts";
import { fetchJson } from "./fetch-json.ts";
import { type JsonWebKey, secretMaterialOf } from "./json-web-key.ts";
import { createKeySet, type KeySet, tryReadKeys } from "./key-set.ts";
import { createFixedKeys, type KeySource, RefreshedKeys } from "./key-source.ts";
import type { DecryptionOptions, TokenKeysOptions } from "./token-options.ts";
import { watchJsonFile } from "./watched-file.ts";

/** Builds the source of a verifier's keys; throws ERR_CONFIG_INVALID when it cannot be one. */
export function createKeySource(
  options: TokenKeysOptions,
  parts: {
    readonly setting: string;
    readonly now: () => number;
    readonly secretOf: (name: string) => string | undefined;
  },
): KeySource {
  const { url, file, secretVariable } = options;
  const { now, setting } = parts;
  if (url !== undefined) {
    const read = (): Promise<unknown> => fetchJson(url, { timeoutMs: options.timeoutMs });
    return new RefreshedKeys({ ...options, read, isPublished: true, now });
  }
  if (file !== undefined) return createFileKeys(file, `${setting}.file`, now);
  if (secretVariable !== undefined) {
    return createFixedKeys(
      secretSetOf(parts.secretOf(secretVariable), `${setting}.secretVariable`, secretVariable),
    );
  }
  return createFixedKeys(createKeySet(options.jwks, { isPublished: false }));
}

function createFileKeys(path: string, setting: string, now: () => number): KeySource {
  let known: KeySet | undefined;
  const file = watchJsonFile(path, {
    setting,
    now,
    read(value) {
      const jwks = tryReadKeys(value);
      if (jwks === undefined) return undefined;
      known = createKeySet(jwks, { isPublished: false, ...(known === undefined ? {} : { known }) });
      return known;
    },
  });
  return {
    current: () => file.current(),
    load: async () => file.current(),
    refetch: () => undefined,
    problem: undefined,
  };
}

function secretSetOf(secret: string | undefined, setting: string, name: string): KeySet {
  if (secret === undefined || secret === "") {
    throw new MerlonError("ERR_CONFIG_INVALID", `${setting}: the variable ${name} is not set`, {
      fix: `set ${name} in Merlon's environment`,
    });
  }
  const bytes = Buffer.from(secret, "utf8");
  const material = secretMaterialOf(bytes);
  if ("problem" in material) {
    throw new MerlonError("ERR_CONFIG_INVALID", `${setting}: ${material.problem}`, {
      fix: `put at least 32 random bytes into ${name}`,
    });
  }
  const jwk: JsonWebKey = { kty: "oct", k: bytes.toString("base64url") };
  return createKeySet([jwk], { isPublished: false });
}

/** The keys that tokens are decrypted with. */
export function decryptionKeysOf(
  { file, jwks }: DecryptionOptions,
  setting: string,
): readonly JsonWebKey[] {
  if (file === undefined) return jwks;
  try {
    const found = tryReadKeys(JSON.parse(readFileSync(file, "utf8")));
    if (found !== undefined) return [...jwks, ...found];
  } catch {
    // Told below.
  }
  throw new MerlonError("ERR_CONFIG_INVALID", `${setting}.file: ${file} is no JSON Web Key Set`, {
    fix: "name a readable file with private keys as JWKS",
  });
}
