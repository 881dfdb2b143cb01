import { createHash } from "node:crypto";
import { calculateJwkThumbprint, compactVerify } from "jose";
import { headerOf, type RequestHead } from "../../../model/exchange.ts";
import { isRecord } from "../../../model/is-record.ts";
import type { Awaitable } from "../../protection.ts";
import { bytesOf, type CompactToken, tryParseCompactToken } from "./compact-token.ts";
import { verificationKeyOf } from "./json-web-key.ts";
import { tryParseStrictObject } from "./strict-json.ts";
import type { DpopOptions } from "./token-options.ts";
import type { Refused } from "./verification.ts";

export interface ProofContext {
  readonly request: RequestHead;
  readonly token: string;
  /** Thumbprint of the key that the token is bound to (`cnf.jkt`). */
  readonly thumbprint: string;
  readonly timeMs: number;
  readonly clockSkewMs: number;
}

/** Remembers which proofs were used; false for one that was. */
export type ProofMemory = (id: string, timeMs: number) => Awaitable<boolean>;

/** Judges the proof of possession of a request (RFC 9449, 4.3); undefined when it holds. */
export async function findWrongProof(
  context: ProofContext,
  options: DpopOptions,
  remember: ProofMemory,
): Promise<Refused | undefined> {
  const proofs = context.request.headers.filter(([name]) => name === "dpop");
  if (proofs.length !== 1) return wrong(`${proofs.length} DPoP headers, one is needed`);
  const text = headerOf(context.request.headers, "dpop") ?? "";
  const proof = tryParseCompactToken(text);
  if (proof?.kind !== "jws" || proof.header.typ !== "dpop+jwt") return wrong("it is no DPoP proof");
  const claims = tryParseStrictObject(bytesOf(proof.parts[1]));
  if (claims === undefined) return wrong("it holds no claims");
  const reason =
    findWrongClaim(claims, context, options) ?? (await findWrongKey(proof, context, options));
  if (reason !== undefined) return wrong(reason);
  // Last, so that nobody fills the memory with proofs that are wrong anyway.
  const id = createHash("sha256")
    .update(`${context.thumbprint} ${claims["jti"]}`)
    .digest("base64url");
  return (await remember(id.slice(0, 22), context.timeMs))
    ? undefined
    : wrong("it was used before (jti)");
}

const TOKEN_ID_LENGTH_MAX = 256;

function findWrongClaim(
  claims: Readonly<Record<string, unknown>>,
  { request, token, timeMs, clockSkewMs }: ProofContext,
  { proofAgeMsMax, origins }: DpopOptions,
): string | undefined {
  const { jti, htm, htu, iat, ath } = claims;
  if (typeof jti !== "string" || jti === "" || jti.length > TOKEN_ID_LENGTH_MAX)
    return "it has no jti";
  if (htm !== request.method) return "it is for another method (htm)";
  if (typeof htu !== "string" || !isTargetOf(htu, request, origins)) {
    return "it is for another address (htu)";
  }
  if (typeof iat !== "number") return "it has no time (iat)";
  const ageMs = timeMs - iat * 1_000;
  if (ageMs > proofAgeMsMax + clockSkewMs || ageMs < -clockSkewMs) {
    return "it was not made just now (iat)";
  }
  const digest = createHash("sha256").update(token).digest("base64url");
  return ath === digest ? undefined : "it is for another token (ath)";
}

async function findWrongKey(
  { text, header }: CompactToken,
  { thumbprint }: ProofContext,
  { algorithms }: DpopOptions,
): Promise<string | undefined> {
  const { jwk } = header.members;
  if (!algorithms.includes(header.alg)) return "its algorithm is not accepted (alg)";
  if (header.members["crit"] !== undefined) return "it needs an extension (crit)";
  if (!isRecord(jwk) || "d" in jwk || jwk["kty"] === "oct") return "it has no public key (jwk)";
  const key = verificationKeyOf(jwk);
  if ("problem" in key) return `its key cannot be used: ${key.problem}`;
  if (!key.algorithms.includes(header.alg)) return "its key is for another algorithm";
  try {
    if ((await calculateJwkThumbprint(jwk)) !== thumbprint) {
      return "its key is not the one that the token is bound to (jkt)";
    }
    await compactVerify(text, key.key, { algorithms: [header.alg] });
    return undefined;
  } catch {
    return "its signature is wrong";
  }
}

/** Compared as RFC 3986 normalises addresses, without query and fragment (RFC 9449, 4.3). */
function isTargetOf(htu: string, request: RequestHead, origins: readonly string[]): boolean {
  const bases = origins.length > 0 ? origins : [`${request.scheme}://${request.authority}`];
  const meant = normalized(htu);
  return (
    meant !== undefined &&
    bases.some((base) => normalized(base.replace(/\/$/, "") + request.path) === meant)
  );
}

function normalized(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const { origin, pathname } = new URL(text);
  return origin + pathname.replace(/%[0-9a-f]{2}/gi, (escaped) => escaped.toUpperCase());
}

function wrong(reason: string): Refused {
  return {
    outcome: "refused",
    reason: `the DPoP proof does not hold: ${reason}`,
    error: "invalid_dpop_proof",
  };
}
