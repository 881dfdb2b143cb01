import type { Principal } from "../../../model/principal.ts";
import { type Allow, allow, type Block, block } from "../../../model/verdict.ts";
import type { Requirement } from "./requirements.ts";
import type { Refused, Unavailable, Verification } from "./verification.ts";

/** A credential that was verified, with the words of `require` that it satisfies. */
export interface Judged {
  readonly schemes: readonly string[];
  readonly verification: Verification;
}

/** What clients are told they could present. */
export interface Challenges {
  readonly realm: string;
  readonly token: boolean;
  readonly dpop: boolean;
  readonly apiKey: boolean;
  readonly basic: boolean;
}

export interface Decided {
  readonly verdict: Allow | Block;
  /** Whom to tell the protections that follow. */
  readonly principal?: Principal;
}

/**
 * Decides about a caller. Every credential that can be verified must hold, not just one: whatever
 * the upstream believes must not be what was wrong.
 */
export function decide(
  judged: readonly Judged[],
  requirement: Requirement,
  challenges: Challenges,
): Decided {
  const verifications = judged.map(({ verification }) => verification);
  const wrong = verifications.find((found): found is Refused => found.outcome === "refused");
  if (wrong !== undefined) return { verdict: refusal(wrong, requirement, challenges) };
  const outage = verifications.find(
    (found): found is Unavailable => found.outcome === "unavailable",
  );
  if (outage !== undefined) return { verdict: onOutage(outage) };

  const principals = judged.flatMap(({ schemes, verification }) =>
    verification.outcome === "verified" ? [{ schemes, principal: verification.principal }] : [],
  );
  const fitting = principals.find(
    ({ schemes }) =>
      requirement.schemes.size === 0 || schemes.some((scheme) => requirement.schemes.has(scheme)),
  );
  const principal = fitting?.principal ?? principals[0]?.principal;
  const known = principal === undefined ? {} : { principal };
  if (fitting === undefined) {
    if (requirement.isOptional && principals.length === 0) return { verdict: allow };
    const accepted = requirement.schemes.size === 0 ? "any" : [...requirement.schemes].join(", ");
    const what = principals.length === 0 ? "no credential" : "another credential";
    const reason = `${what} where one is required (${accepted})`;
    return { ...known, verdict: unauthorized(reason, requirement, challenges) };
  }
  const missing = requirement.scopes.filter((scope) => !fitting.principal.scopes?.includes(scope));
  if (missing.length === 0) return { ...known, verdict: allow };
  return { ...known, verdict: forbidden(missing, requirement, challenges) };
}

const RETRY_AFTER_SECONDS = 5;

function onOutage({ reason, onOutage: policy }: Unavailable): Allow | Block {
  if (policy === "allow") return { action: "allow", reason: `not verified: ${reason}` };
  return block({ status: 503, reason, headers: [["retry-after", String(RETRY_AFTER_SECONDS)]] });
}

function refusal(wrong: Refused, requirement: Requirement, challenges: Challenges): Block {
  // RFC 6750, 3.1: a malformed request is 400.
  if (wrong.error === "invalid_request") return block({ status: 400, reason: wrong.reason });
  return unauthorized(wrong.reason, requirement, challenges, wrong);
}

function unauthorized(
  reason: string,
  requirement: Requirement,
  challenges: Challenges,
  wrong?: Refused,
): Block {
  const detail = wrong === undefined ? "" : errorOf(wrong);
  const lines = challengeLines(requirement, challenges, wrong, detail);
  return block({
    status: 401,
    reason,
    headers: lines.map((line) => ["www-authenticate", line] as const),
  });
}

function forbidden(
  missing: readonly string[],
  { scopes }: Requirement,
  { realm }: Challenges,
): Block {
  const wanted = scopes.filter((scope) => /^[!#-[\]-~]+$/.test(scope)).join(" ");
  const line = `Bearer realm="${realm}", error="insufficient_scope", scope="${wanted}"`;
  return block({
    status: 403,
    reason: `the caller lacks the scope ${missing.join(", ")}`,
    headers: [["www-authenticate", line]],
  });
}

function challengeLines(
  { schemes }: Requirement,
  { realm, token, dpop, apiKey, basic }: Challenges,
  wrong: Refused | undefined,
  detail: string,
): readonly string[] {
  const isWanted = (scheme: string): boolean => schemes.size === 0 || schemes.has(scheme);
  // A verifier's own name stands for tokens too.
  const wantsToken = [...schemes].some(
    (name) => !["api-key", "basic", "client-certificate"].includes(name),
  );
  const isTokenWanted = token && (schemes.size === 0 || wantsToken);
  const isDpop = dpop || wrong?.error === "invalid_dpop_proof";
  return [
    ...(isTokenWanted && isDpop ? [`DPoP realm="${realm}"${detail}`] : []),
    ...(isTokenWanted && wrong?.error !== "invalid_dpop_proof"
      ? [`Bearer realm="${realm}"${detail}`]
      : []),
    ...(apiKey && isWanted("api-key") ? [`ApiKey realm="${realm}"`] : []),
    ...(basic && isWanted("basic") ? [`Basic realm="${realm}", charset="UTF-8"`] : []),
  ];
}

function errorOf({ error, description }: Refused): string {
  const told = description === undefined ? "" : `, error_description="${description}"`;
  return `, error="${error}"${told}`;
}
