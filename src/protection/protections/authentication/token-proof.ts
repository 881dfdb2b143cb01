import { compactVerify } from "jose";
import { bytesOf, type CompactToken, tryParseCompactToken } from "./compact-token.ts";
import type { TokenDecrypter } from "./decrypt-token.ts";
import type { VerificationKey } from "./json-web-key.ts";
import type { KeySet } from "./key-set.ts";
import type { KeySource } from "./key-source.ts";
import { tryParseStrictObject } from "./strict-json.ts";
import { type Refused, refused, type Unavailable } from "./verification.ts";

/** A token whose origin is certain; its claims are not judged yet. */
export interface ProvenToken {
  readonly outcome: "proven";
  readonly claims: Readonly<Record<string, unknown>>;
  /** The key that signed it; missing when encryption alone vouches for it. */
  readonly key?: VerificationKey;
}

interface ProofRules {
  readonly algorithms: readonly string[];
  readonly types: readonly string[];
  readonly payload: "claims" | "any";
  readonly ignoredHeaders: readonly string[];
  readonly unsigned: "refuse" | "allow";
  readonly onOutage: "refuse" | "allow";
}

export interface ProofParts {
  readonly rules: ProofRules;
  readonly keys: KeySource | undefined;
  readonly decrypt: TokenDecrypter | undefined;
}

type Proof = ProvenToken | Refused | Unavailable;

/** Finds out who made a token: decrypts it where it is encrypted, and verifies its signature. */
export async function proveToken(token: CompactToken, parts: ProofParts): Promise<Proof> {
  const wrong = findWrongHeader(token, parts.rules);
  if (wrong !== undefined) return wrong;
  if (token.kind === "jws") return await proveSigned(token, parts);

  const plaintext = await parts.decrypt?.(token);
  if (plaintext === undefined) return refused("the token cannot be decrypted");
  // RFC 7519, 5.2: a signed token inside.
  const inner = tryParseCompactToken(Buffer.from(plaintext).toString("latin1"));
  if (inner?.kind === "jws") {
    return findWrongHeader(inner, parts.rules) ?? (await proveSigned(inner, parts));
  }
  if (parts.rules.unsigned === "refuse") {
    return refused("the token is encrypted but not signed (decryption.unsigned)");
  }
  return claimsOf(plaintext, parts.rules) ?? notClaims;
}

/** Keys that a token brings along prove nothing: whoever made it made them too (RFC 8725, 3.10). */
const keyHeaders = ["jwk", "jku", "x5u", "x5c"];

function findWrongHeader({ kind, header }: CompactToken, rules: ProofRules): Refused | undefined {
  const { alg, typ, members } = header;
  // "None", "nOnE": some libraries compare without regard to case.
  if (alg.toLowerCase() === "none") return refused("the token is not signed (alg none)");
  if (members["crit"] !== undefined) return refused("the token needs an extension (crit)");
  const brought = keyHeaders.find(
    (name) => members[name] !== undefined && !rules.ignoredHeaders.includes(name),
  );
  if (brought !== undefined) return refused(`the token brings its own key (${brought})`);
  if (kind === "jwe") return undefined;
  if (typ !== undefined && !rules.types.includes(typ)) {
    return refused("the token is of another type (typ)");
  }
  if (!rules.algorithms.includes(alg))
    return refused("the token's algorithm is not accepted (alg)");
  return undefined;
}

async function proveSigned(token: CompactToken, parts: ProofParts): Promise<Proof> {
  const { keys, rules } = parts;
  if (keys === undefined) return refused("no keys are configured for signed tokens");
  const set = keys.current() ?? (await keys.load());
  if (set === undefined) return unavailable(keys, rules);
  const found = set.find(token.header);
  const candidates = found.length > 0 ? found : await newerKeys(token, keys, set);
  for (const key of candidates) {
    if (await isSignedBy(token, key)) {
      const proven = claimsOf(bytesOf(token.parts[1]), rules);
      return proven === undefined ? notClaims : { ...proven, key };
    }
  }
  if (candidates.length === 0) return refused(noKeyReason(set));
  return refused("the token's signature is wrong");
}

/** The issuer may have rotated its keys since they were read. */
async function newerKeys(
  { header }: CompactToken,
  keys: KeySource,
  before: KeySet,
): Promise<readonly VerificationKey[]> {
  const newer = await keys.refetch();
  return newer === undefined || newer === before ? [] : newer.find(header);
}

async function isSignedBy(token: CompactToken, { key }: VerificationKey): Promise<boolean> {
  try {
    await compactVerify(token.text, key, { algorithms: [token.header.alg] });
    return true;
  } catch {
    return false;
  }
}

function claimsOf(payload: Uint8Array, { payload: kind }: ProofRules): ProvenToken | undefined {
  const claims = tryParseStrictObject(payload);
  if (claims === undefined && kind === "claims") return undefined;
  return { outcome: "proven", claims: claims ?? {} };
}

const notClaims = refused("the token's payload is no JSON object of claims (payload)");

function noKeyReason({ problems }: KeySet): string {
  const unused = problems.slice(0, 3).join("; ");
  return `no key fits the token's kid and alg${unused === "" ? "" : ` (not used: ${unused})`}`;
}

function unavailable({ problem = "not read yet" }: KeySource, rules: ProofRules): Unavailable {
  const { onOutage } = rules;
  return { outcome: "unavailable", reason: `no keys to verify with: ${problem}`, onOutage };
}
