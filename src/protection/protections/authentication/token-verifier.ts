import type { Principal } from "../../../model/principal.ts";
import type { Installation } from "../../installation.ts";
import type { Awaitable } from "../../protection.ts";
import { type BoundedCache, createBoundedCache } from "./bounded-cache.ts";
import { subjectOf } from "./claimed-principal.ts";
import { tryParseCompactToken } from "./compact-token.ts";
import { createTokenDecrypter } from "./decrypt-token.ts";
import type { ProofMemory } from "./dpop-proof.ts";
import { createIntrospection, type Introspected, type Introspection } from "./introspection.ts";
import { findWrongClaim, wordsOf } from "./judge-claims.ts";
import type { KeySet } from "./key-set.ts";
import type { KeySource } from "./key-source.ts";
import { findMissingPossession, type Presented } from "./possession.ts";
import { createProofMemory } from "./proof-memory.ts";
import { createKeySource, decryptionKeysOf } from "./token-keys.ts";
import type { TokenOptions } from "./token-options.ts";
import { type ProofParts, type ProvenToken, proveToken } from "./token-proof.ts";
import { type Refused, refused, type Unavailable, type Verification } from "./verification.ts";

export interface VerifierParts {
  /** Where the options stand, for errors. */
  readonly setting: string;
  readonly installation: Installation;
  readonly now: () => number;
  readonly isRevoked: (claims: Readonly<Record<string, unknown>>) => boolean;
  /** Tells subjects of several issuers apart; empty when there is one. */
  readonly subjectPrefix: string;
}

type Proof = ProvenToken | Refused | Unavailable;

/** A proof stays one while its key belongs to the issuer; a failure while the keys are the same. */
interface Known {
  readonly proof: ProvenToken | Refused;
  readonly set: KeySet | undefined;
}

/** What must outlive a changed policy: fetched keys, verified tokens, used proofs. */
interface VerifierState {
  readonly keys: KeySource | undefined;
  readonly introspection: Introspection | undefined;
  readonly proven: BoundedCache<Known>;
  readonly proving: Map<string, Promise<Proof>>;
  readonly remember: ProofMemory;
}

const CACHE_CHARACTERS_MAX = 33_554_432;

/** Verifies the tokens of one issuer. */
export class TokenVerifier {
  readonly name: string;
  readonly issuers: readonly string[];
  readonly #options: TokenOptions;
  readonly #parts: VerifierParts;
  readonly #state: VerifierState;
  readonly #proofParts: ProofParts;

  /** Throws ERR_CONFIG_INVALID when keys or secrets that the options name are not there. */
  constructor(options: TokenOptions, parts: VerifierParts) {
    const { decryption } = options;
    this.name = options.name;
    this.issuers = options.issuers;
    this.#options = options;
    this.#parts = parts;
    const key = `authentication ${JSON.stringify(options)}`;
    this.#state = parts.installation.keep(key, () => createState(options, parts));
    this.#proofParts = {
      rules: { ...options, unsigned: decryption?.unsigned ?? "refuse" },
      keys: this.#state.keys,
      decrypt:
        decryption === undefined
          ? undefined
          : createTokenDecrypter(
              decryptionKeysOf(decryption, `${parts.setting}.decryption`),
              decryption,
            ),
    };
  }

  /** Judges a token at the exchange's time. `digest` names the token in caches. */
  verify(presented: Presented, digest: string): Awaitable<Verification> {
    const proof = this.#isLocal ? this.#proofOf(presented.token, digest) : nothingProven;
    if (proof instanceof Promise) {
      return proof.then((settled) => this.#afterProof(settled, presented, digest));
    }
    return this.#afterProof(proof, presented, digest);
  }

  get #isLocal(): boolean {
    return this.#options.keys !== undefined || this.#options.decryption !== undefined;
  }

  #proofOf(text: string, digest: string): Awaitable<Proof> {
    const { keys, proven, proving } = this.#state;
    const set = keys?.current();
    const known = proven.get(digest);
    if (known !== undefined && isStillTrue(known, keys, set)) return known.proof;
    const pending = proving.get(digest) ?? this.#prove(text, digest);
    proving.set(digest, pending);
    return pending;
  }

  async #prove(text: string, digest: string): Promise<Proof> {
    const { keys, proven, proving } = this.#state;
    try {
      const token = tryParseCompactToken(text);
      if (token === undefined) return refused("it is no token in compact form (JWS or JWE)");
      const proof = await proveToken(token, this.#proofParts);
      if (proof.outcome === "unavailable") return proof;
      // An unknown key may be known a moment later, and asking for it has a limit of its own.
      const isFinal =
        proof.outcome === "proven" || proof.reason === "the token's signature is wrong";
      if (isFinal) proven.set(digest, { proof, set: keys?.current() }, text.length + digest.length);
      return proof;
    } finally {
      proving.delete(digest);
    }
  }

  #afterProof(proof: Proof, presented: Presented, digest: string): Awaitable<Verification> {
    if (proof.outcome !== "proven") return proof;
    const { introspection } = this.#state;
    if (introspection === undefined) return this.#judge(proof.claims, presented, digest);
    const answer = introspection.ask(presented.token, digest);
    const next = (settled: Introspected): Awaitable<Verification> =>
      this.#afterIntrospection(settled, proof, presented, digest);
    return answer instanceof Promise ? answer.then(next) : next(answer);
  }

  #afterIntrospection(
    answer: Introspected,
    { claims }: ProvenToken,
    presented: Presented,
    digest: string,
  ): Awaitable<Verification> {
    if ("problem" in answer) {
      const { onOutage } = this.#options;
      const reason = `the issuer cannot be asked about the token: ${answer.problem}`;
      return { outcome: "unavailable", reason, onOutage };
    }
    if (!answer.active) return refused("the issuer says that the token is not active");
    return this.#judge({ ...answer.claims, ...claims }, presented, digest);
  }

  #judge(
    claims: Readonly<Record<string, unknown>>,
    presented: Presented,
    digest: string,
  ): Awaitable<Verification> {
    const wrong = findWrongClaim(claims, this.#rules, presented.timeMs);
    if (wrong !== undefined) return wrong;
    if (this.#parts.isRevoked(claims)) return refused("the token was revoked");
    const { remember } = this.#state;
    const missing = findMissingPossession(claims, presented, this.#options, remember);
    const verified = (found: Refused | undefined): Verification =>
      found ?? { outcome: "verified", principal: this.#principalOf(claims, digest) };
    return missing instanceof Promise ? missing.then(verified) : verified(missing);
  }

  /** An issuer need not repeat in an introspection answer what its being active says. */
  get #rules(): TokenOptions {
    return this.#isLocal ? this.#options : { ...this.#options, requiredClaims: [] };
  }

  #principalOf(claims: Readonly<Record<string, unknown>>, digest: string): Principal {
    const { scopeClaims, roleClaims } = this.#options;
    const scopes = wordsOf(claims, scopeClaims);
    const roles = wordsOf(claims, roleClaims);
    return {
      kind: "token",
      id: this.#parts.subjectPrefix + (subjectOf(claims) ?? digest.slice(0, 22)),
      verified: true,
      claims,
      ...(scopes === undefined ? {} : { scopes }),
      ...(roles === undefined ? {} : { roles }),
    };
  }
}

const nothingProven: ProvenToken = { outcome: "proven", claims: {} };

function isStillTrue(
  { proof, set }: Known,
  keys: KeySource | undefined,
  now: KeySet | undefined,
): boolean {
  if (keys === undefined) return true;
  if (now === undefined) return false;
  if (proof.outcome !== "proven") return set === now;
  return proof.key === undefined || now.has(proof.key);
}

function createState(options: TokenOptions, parts: VerifierParts): VerifierState {
  const { keys, introspection, clockSkewMs, dpop } = options;
  const { now, setting, installation } = parts;
  const secretOf = (name: string): string | undefined => installation.secretOf(name);
  const { clientSecretVariable } = introspection ?? {};
  return {
    keys:
      keys === undefined
        ? undefined
        : createKeySource(keys, { setting: `${setting}.keys`, now, secretOf }),
    introspection:
      introspection === undefined
        ? undefined
        : createIntrospection(introspection, {
            now,
            clientSecret:
              clientSecretVariable === undefined ? undefined : secretOf(clientSecretVariable),
          }),
    proven: createBoundedCache(CACHE_CHARACTERS_MAX),
    proving: new Map(),
    remember: createProofMemory(dpop.proofAgeMsMax + 2 * clockSkewMs, installation.counters),
  };
}
