import { isRecord } from "../../../model/is-record.ts";
import type { Principal } from "../../../model/principal.ts";

const rolesMax = 50;
const roleLengthMax = 100;

/** The roles of a principal: those it was verified with, else those its claims name. */
export function rolesOf(principal: Principal, claimPaths: readonly string[]): readonly string[] {
  if (principal.roles !== undefined) return principal.roles;
  const roles = claimPaths.flatMap((path) => textsOf(claimAt(principal.claims, path)));
  return [...new Set(roles)].slice(0, rolesMax);
}

/** The claim of this name, or the one that a dotted path leads to. */
export function claimAt(claims: Principal["claims"], path: string): unknown {
  if (claims === undefined) return undefined;
  if (Object.hasOwn(claims, path)) return claims[path];
  let at: unknown = claims;
  for (const name of path.split(".")) {
    if (!isRecord(at) || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at;
}

/** A list of roles, or one text with several. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return value.split(/[\s,]+/).filter(isRole);
  return Array.isArray(value) ? value.filter(isRole) : [];
}

function isRole(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= roleLengthMax;
}
