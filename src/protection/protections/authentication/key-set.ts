import { isRecord } from "../../../model/is-record.ts";
import type { TokenHeader } from "./compact-token.ts";
import { type JsonWebKey, type VerificationKey, verificationKeyOf } from "./json-web-key.ts";

/** Keys that were published together. */
export interface KeySet {
  /** Those that may have signed a token with this header; at most four are tried. */
  find(header: TokenHeader): readonly VerificationKey[];
  /** Whether a key that once verified a token still belongs to the set. */
  has(key: VerificationKey): boolean;
  /** What is wrong with keys that are not used, by key. */
  readonly problems: readonly string[];
  readonly keys: readonly VerificationKey[];
}

const KEYS_MAX = 200;
const CANDIDATES_MAX = 4;

/** Reads `{"keys": […]}` or a single key. Undefined when it is neither. */
export function tryReadKeys(value: unknown): readonly JsonWebKey[] | undefined {
  if (!isRecord(value)) return undefined;
  const keys = value["keys"];
  if (Array.isArray(keys)) return keys.filter((key): key is JsonWebKey => isRecord(key));
  return typeof value["kty"] === "string" ? [value] : undefined;
}

/**
 * Builds a set of what can be used safely. `known` are the keys of the set before: a key that stays
 * keeps its identity, and with it the tokens that it verified.
 */
export function createKeySet(
  jwks: readonly JsonWebKey[],
  options: { readonly isPublished: boolean; readonly known?: KeySet },
): KeySet {
  const problems: string[] = [];
  const keys: VerificationKey[] = [];
  const considered = jwks.slice(0, KEYS_MAX);
  const mixed = isMixed(considered);
  for (const jwk of considered) {
    const key = mixed
      ? { problem: "secrets and public keys are mixed" }
      : keyOf(jwk, considered, options);
    if ("problem" in key) problems.push(`${nameOf(jwk)}: ${key.problem}`);
    else keys.push(key);
  }
  const members = new Set(keys);
  return {
    keys,
    problems,
    has: (key) => members.has(key),
    find: ({ kid, alg }) =>
      keys
        .filter((key) => kid === undefined || key.kid === undefined || key.kid === kid)
        .filter(({ algorithms }) => algorithms.includes(alg))
        .slice(0, CANDIDATES_MAX),
  };
}

/** A set with both would let a public key be taken for a secret. */
function isMixed(jwks: readonly JsonWebKey[]): boolean {
  const secrets = jwks.filter(({ kty }) => kty === "oct").length;
  return secrets > 0 && secrets < jwks.length;
}

function keyOf(
  jwk: JsonWebKey,
  all: readonly JsonWebKey[],
  { isPublished, known }: { readonly isPublished: boolean; readonly known?: KeySet },
): VerificationKey | { readonly problem: string } {
  if (isPublished && (jwk["kty"] === "oct" || "d" in jwk)) {
    return { problem: "its secret part is published" };
  }
  const isTwin = (other: JsonWebKey): boolean =>
    other !== jwk &&
    jwk["kid"] !== undefined &&
    other["kid"] === jwk["kid"] &&
    other["kty"] === jwk["kty"] &&
    other["crv"] === jwk["crv"] &&
    other["alg"] === jwk["alg"];
  if (all.some(isTwin)) return { problem: "another key has the same kid" };
  const key = verificationKeyOf(jwk);
  if ("problem" in key) return key;
  const same = known?.keys.find(
    (other) => other.kid === key.kid && other.alg === key.alg && other.key.equals(key.key),
  );
  return same ?? key;
}

function nameOf({ kid }: JsonWebKey): string {
  return typeof kid === "string" ? `key ${JSON.stringify(kid.slice(0, 64))}` : "key without kid";
}
