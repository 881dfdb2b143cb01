import type { ClientCertificate } from "../../../model/client-certificate.ts";
import { isRecord } from "../../../model/is-record.ts";
import { findWrongProof, type ProofContext, type ProofMemory } from "./dpop-proof.ts";
import type { DpopOptions } from "./token-options.ts";
import { type Refused, refused } from "./verification.ts";

export interface PossessionRules {
  readonly proofOfPossession: "if-bound" | "required";
  readonly clockSkewMs: number;
  readonly dpop: DpopOptions;
}

export interface Presented extends Omit<ProofContext, "thumbprint" | "clockSkewMs"> {
  readonly scheme: "bearer" | "dpop" | undefined;
  readonly clientCertificate: ClientCertificate | undefined;
}

/**
 * Whether the caller has the key that the token is bound to by `cnf` (RFC 7800): that of a DPoP
 * proof (RFC 9449) or of its client certificate (RFC 8705). Undefined when it has.
 */
export function findMissingPossession(
  claims: Readonly<Record<string, unknown>>,
  presented: Presented,
  rules: PossessionRules,
  remember: ProofMemory,
): Refused | undefined | Promise<Refused | undefined> {
  const { cnf } = claims;
  if (cnf === undefined) return findMissingBinding(presented, rules);
  const { jkt, "x5t#S256": thumbprint, ...others } = isRecord(cnf) ? cnf : { unreadable: true };
  if (Object.keys(others).length > 0) return refused("the token is bound in an unknown way (cnf)");
  if (thumbprint !== undefined && presented.clientCertificate?.thumbprint !== thumbprint) {
    return refused("the token is bound to a client certificate that was not shown (cnf)");
  }
  if (jkt === undefined) {
    if (thumbprint === undefined) return refused("the token is bound to nothing (cnf)");
    return presented.scheme === "dpop"
      ? refused("the token is not bound to a DPoP key")
      : undefined;
  }
  // Else whoever stole the token could present it as one that needs no proof.
  if (presented.scheme !== "dpop" || typeof jkt !== "string") {
    return refused("the token is bound to a DPoP key and was presented without proof");
  }
  const { clockSkewMs, dpop } = rules;
  return findWrongProof({ ...presented, clockSkewMs, thumbprint: jkt }, dpop, remember);
}

function findMissingBinding({ scheme }: Presented, rules: PossessionRules): Refused | undefined {
  if (scheme === "dpop") return refused("the token is not bound to a DPoP key");
  return rules.proofOfPossession === "required"
    ? refused("the token is not bound to a key")
    : undefined;
}
