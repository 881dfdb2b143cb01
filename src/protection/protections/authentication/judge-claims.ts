import { type Refused, refused } from "./verification.ts";

/** What claims must say; times in milliseconds. */
export interface ClaimRules {
  readonly issuers: readonly string[];
  readonly audiences: readonly string[];
  readonly requiredClaims: readonly string[];
  readonly clockSkewMs: number;
}

type Claims = Readonly<Record<string, unknown>>;

/** Whether verified claims hold at a moment (RFC 7519, 4.1); undefined when they do. */
export function findWrongClaim(
  claims: Claims,
  rules: ClaimRules,
  nowMs: number,
): Refused | undefined {
  for (const name of rules.requiredClaims) {
    if (!Object.hasOwn(claims, name)) return refused(`the claim ${name} is missing`);
  }
  return findWrongTime(claims, rules, nowMs) ?? findWrongParty(claims, rules);
}

function findWrongTime(claims: Claims, rules: ClaimRules, nowMs: number): Refused | undefined {
  const { exp, nbf, iat } = claims;
  for (const [name, value] of Object.entries({ exp, nbf, iat })) {
    if (value !== undefined && !(typeof value === "number" && Number.isFinite(value))) {
      return refused(`the claim ${name} is no time`);
    }
  }
  const { clockSkewMs } = rules;
  if (typeof exp === "number" && nowMs >= exp * 1_000 + clockSkewMs) {
    return refused("the token has expired", "The access token expired");
  }
  if (typeof nbf === "number" && nowMs < nbf * 1_000 - clockSkewMs) {
    return refused("the token is not valid yet (nbf)");
  }
  if (typeof iat === "number" && nowMs < iat * 1_000 - clockSkewMs) {
    return refused("the token was issued in the future (iat)");
  }
  return undefined;
}

function findWrongParty(claims: Claims, rules: ClaimRules): Refused | undefined {
  const { iss, aud } = claims;
  if (rules.issuers.length > 0 && !(typeof iss === "string" && rules.issuers.includes(iss))) {
    return refused("the token is from another issuer (iss)");
  }
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  if (rules.audiences.length > 0 && !rules.audiences.some((name) => audiences.includes(name))) {
    return refused("the token is for another audience (aud)");
  }
  return undefined;
}

/** Words of the first of the claims that is there: a list, or a text with spaces between. */
export function wordsOf(claims: Claims, names: readonly string[]): readonly string[] | undefined {
  for (const name of names) {
    const value = Object.hasOwn(claims, name) ? claims[name] : insideOf(claims, name);
    if (typeof value === "string") return value.split(" ").filter((word) => word !== "");
    if (Array.isArray(value))
      return value.filter((word): word is string => typeof word === "string");
  }
  return undefined;
}

/** `realm_access.roles` of Keycloak. */
function insideOf(claims: Claims, path: string): unknown {
  let value: unknown = claims;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, name))
      return undefined;
    value = (value as Claims)[name];
  }
  return value;
}
