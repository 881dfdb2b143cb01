import type { CredentialCarrier } from "../../model/endpoint.ts";
import type { Credential } from "../credentials.ts";
import type { DiscoveryStep } from "../discovery-step.ts";
import type { Observation } from "../observation.ts";
import {
  believedOf,
  createWitnessed,
  mergeWitnessed,
  type Witnessed,
  witness,
} from "../sketches/witnessed.ts";
import { requirementOf, rounded, type Trials, verdictOf } from "./authentication-verdict.ts";
import { createTokens, describedTokens, learnToken, mergeTokens, type Tokens } from "./tokens.ts";

interface CarrierTrials {
  successWith: number;
  refusedWith: number;
  readonly kinds: Witnessed;
}

interface AuthenticationFacts {
  /** Of successful exchanges. */
  readonly kinds: Witnessed;
  successWith: number;
  successWithout: number;
  refusedWith: number;
  refusedWithout: number;
  /** How many of the last trials without credentials all ended as `lastWithout` says. */
  sameWithout: number;
  lastWithout: "success" | "refused";
  /** By place and name: `header authorization`. */
  readonly carriers: Map<string, CarrierTrials>;
  /** Which clients were answered through which carrier. */
  readonly carrierUsers: Witnessed;
  readonly tokens: Tokens;
}

const kindsMax = 16;
const carriersMax = 16;

/**
 * Reads traffic as an experiment: what happened to requests with credentials and to those without.
 * Whoever always sends a token proves nothing about what happens without one.
 */
export const authentication: DiscoveryStep<AuthenticationFacts> = {
  name: "credentials",

  create: () => ({
    kinds: createWitnessed(),
    successWith: 0,
    successWithout: 0,
    refusedWith: 0,
    refusedWithout: 0,
    sameWithout: 0,
    lastWithout: "success",
    carriers: new Map(),
    carrierUsers: createWitnessed(),
    tokens: createTokens(),
  }),

  learn(observation, state) {
    const { outcome, credentials, exchange } = observation;
    const has = credentials.length > 0;
    // Where header fields are not told, that a credential is missing proves nothing.
    if (!has && exchange.hasHeaders === false) return;
    if (outcome === "success") {
      if (has) state.successWith += 1;
      else tryWithout(state, "success");
      for (const credential of credentials) learnCarrier(state, credential, observation);
      return;
    }
    // 403 without credentials may be about something else, but it is a refusal all the same.
    if (outcome !== "refused" || exchange.aborted !== undefined) return;
    if (has) state.refusedWith += 1;
    else tryWithout(state, "refused");
    for (const key of new Set(credentials.map(carrierKeyOf))) {
      const trials = state.carriers.get(key);
      if (trials !== undefined) trials.refusedWith += 1;
    }
  },

  merge(into, from) {
    mergeWitnessed(into.kinds, from.kinds, kindsMax);
    mergeWitnessed(into.carrierUsers, from.carrierUsers, carriersMax);
    mergeTokens(into.tokens, from.tokens);
    into.successWith += from.successWith;
    into.successWithout += from.successWithout;
    into.refusedWith += from.refusedWith;
    into.refusedWithout += from.refusedWithout;
    if (from.sameWithout > into.sameWithout) {
      into.sameWithout = from.sameWithout;
      into.lastWithout = from.lastWithout;
    }
    for (const [key, trials] of from.carriers) {
      const known = into.carriers.get(key);
      if (known === undefined) {
        if (into.carriers.size < carriersMax) into.carriers.set(key, trials);
        continue;
      }
      known.successWith += trials.successWith;
      known.refusedWith += trials.refusedWith;
      mergeWitnessed(known.kinds, trials.kinds, kindsMax);
    }
  },

  describe(state, { clients }) {
    const { successWith, successWithout, refusedWith, refusedWithout } = state;
    const counts = { successWith, successWithout, refusedWith, refusedWithout };
    const current = currentTrialsOf(counts, state);
    const tokens = describedTokens(state.tokens, clients);
    return {
      authentication: {
        ...requirementOf(current),
        kinds: believedOf(state.kinds, clients),
        counts,
        verdict: verdictOf(current),
        carriers: carriersOf(state, current, clients),
        ...(tokens === undefined ? {} : { tokens }),
      },
    };
  },
};

/** Trials in a row with one outcome after which what came before them no longer counts. */
const changedMin = 25;

function tryWithout(state: AuthenticationFacts, outcome: "success" | "refused"): void {
  if (outcome === "success") state.successWithout += 1;
  else state.refusedWithout += 1;
  state.sameWithout = state.lastWithout === outcome ? state.sameWithout + 1 : 1;
  state.lastWithout = outcome;
}

/** A server that was closed, or opened, is judged by how it answers since. */
function currentTrialsOf(
  counts: Trials,
  { sameWithout, lastWithout }: Pick<AuthenticationFacts, "sameWithout" | "lastWithout">,
): Trials {
  if (sameWithout < changedMin) return counts;
  return lastWithout === "success"
    ? { ...counts, successWithout: sameWithout, refusedWithout: 0 }
    : { ...counts, successWithout: 0, refusedWithout: sameWithout };
}

function learnCarrier(
  state: AuthenticationFacts,
  credential: Credential,
  { exchange }: Observation,
): void {
  const { client, timeMs } = exchange;
  const { kind, token } = credential;
  const key = carrierKeyOf(credential);
  witness(state.kinds, kind, client, kindsMax);
  witness(state.carrierUsers, key, client, carriersMax);
  let trials = state.carriers.get(key);
  if (trials === undefined) {
    if (state.carriers.size >= carriersMax) return;
    trials = { successWith: 0, refusedWith: 0, kinds: createWitnessed() };
    state.carriers.set(key, trials);
  }
  trials.successWith += 1;
  witness(trials.kinds, kind, client, kindsMax);
  if (token !== undefined) learnToken(state.tokens, token, { client, timeMs });
}

function carrierKeyOf(credential: Credential): string {
  return `${credential.in} ${credential.name}`;
}

function carriersOf(
  state: AuthenticationFacts,
  all: Trials,
  clients: number,
): readonly CredentialCarrier[] {
  return believedOf(state.carrierUsers, clients).flatMap((key) => {
    const trials = state.carriers.get(key);
    if (trials === undefined) return [];
    const { successWith, refusedWith, kinds } = trials;
    const space = key.indexOf(" ");
    const without = all.successWithout + all.refusedWithout;
    return [
      {
        in: key.slice(0, space) as CredentialCarrier["in"],
        name: key.slice(space + 1),
        kinds: believedOf(kinds, clients),
        verdict: verdictOf({ ...all, successWith, refusedWith }),
        successWith,
        refusedWith,
        shareWith: rounded(successWith / (successWith + refusedWith)),
        ...(without === 0 ? {} : { shareWithout: rounded(all.successWithout / without) }),
      },
    ];
  });
}
