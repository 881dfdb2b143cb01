import type { Confidence } from "../../../model/detection.ts";

/** What is unusual about a call. */
export interface NewEdge {
  readonly confidence: Confidence;
  /** Calls of the endpoint that succeeded, and the principals and roles that made them. */
  readonly calls: number;
  readonly principals: number;
  readonly roles: readonly string[];
}

const endpointsMax = 10_000;
const rolesMax = 200;
const principalsCounted = 1_000;
/** What must be known of an endpoint and of a role before anything is said. */
const callsMin = 50;
const principalsMin = 3;
const roleCallsMin = 200;
const rolePrincipalsMin = 5;
const roleEndpointsMin = 5;

interface Callers {
  calls: number;
  readonly principals: Set<string>;
  readonly roles: Set<string>;
}

interface RoleUse {
  calls: number;
  readonly principals: Set<string>;
  readonly endpoints: Set<string>;
}

/** Which roles call which endpoints, learned from calls that succeeded. Bounded; never forgets. */
export class RoleMatrix {
  readonly #endpoints = new Map<string, Callers>();
  readonly #roles = new Map<string, RoleUse>();

  learn(endpoint: string, roles: readonly string[], principal: string): void {
    const callers = this.#callersOf(endpoint);
    if (callers === undefined) return;
    callers.calls += 1;
    addUpTo(callers.principals, principal, principalsCounted);
    for (const role of roles) {
      const use = this.#roleOf(role);
      if (use === undefined) continue;
      addUpTo(callers.roles, role, rolesMax);
      use.calls += 1;
      addUpTo(use.principals, principal, principalsCounted);
      addUpTo(use.endpoints, endpoint, endpointsMax);
    }
  }

  /** What is unusual when somebody with these roles calls the endpoint; undefined for nothing. */
  judge(endpoint: string, roles: readonly string[]): NewEdge | undefined {
    const callers = this.#endpoints.get(endpoint);
    if (callers === undefined || roles.length === 0) return undefined;
    if (callers.calls < callsMin || callers.principals.size < principalsMin) return undefined;
    if (callers.roles.size === 0 || roles.some((role) => callers.roles.has(role))) return undefined;
    const uses = roles.map((role) => this.#roles.get(role));
    if (!uses.every((use) => use !== undefined && isWellKnown(use))) return undefined;
    return {
      confidence: confidenceOf(endpoint, callers),
      calls: callers.calls,
      principals: callers.principals.size,
      roles: [...callers.roles],
    };
  }

  #callersOf(endpoint: string): Callers | undefined {
    const known = this.#endpoints.get(endpoint);
    if (known !== undefined || this.#endpoints.size >= endpointsMax) return known;
    const callers = { calls: 0, principals: new Set<string>(), roles: new Set<string>() };
    this.#endpoints.set(endpoint, callers);
    return callers;
  }

  #roleOf(role: string): RoleUse | undefined {
    const known = this.#roles.get(role);
    if (known !== undefined || this.#roles.size >= rolesMax) return known;
    const use = { calls: 0, principals: new Set<string>(), endpoints: new Set<string>() };
    this.#roles.set(role, use);
    return use;
  }
}

function isWellKnown({ calls, principals, endpoints }: RoleUse): boolean {
  return (
    calls >= roleCallsMin &&
    principals.size >= rolePrincipalsMin &&
    endpoints.size >= roleEndpointsMin
  );
}

/** Words by which APIs name what is not for everybody. */
const privileged =
  /(?:^|[/_-])(?:admin|administration|backoffice|internal|manage|staff|root|sudo)/i;

function confidenceOf(endpoint: string, { calls, principals }: Callers): Confidence {
  const isOften = calls >= 4 * callsMin && principals.size >= 2 * principalsMin;
  if (privileged.test(endpoint)) return "high";
  return isOften ? "medium" : "low";
}

function addUpTo(set: Set<string>, value: string, max: number): void {
  if (set.size < max) set.add(value);
}
