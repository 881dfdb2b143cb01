import type { TokenFacts } from "../../model/endpoint.ts";
import type { TokenClaims } from "../credentials.ts";
import { type Counts, countIn, mergeCounts, recordOf } from "../sketches/counts.ts";
import {
  believedOf,
  createWitnessed,
  mergeWitnessed,
  type Witnessed,
  witness,
} from "../sketches/witnessed.ts";

/** What the tokens of successful exchanges said. */
export interface Tokens {
  readonly algorithms: Counts;
  readonly issuers: Witnessed;
  readonly audiences: Witnessed;
  readonly scopes: Witnessed;
  withoutExpiry: number;
  expired: number;
  lifetimeSecondsMax: number;
}

const algorithmsMax = 8;
const namesMax = 16;
const scopesMax = 64;
/** Clocks of servers and recorders differ. */
const clockSkewMs = 60_000;

export function createTokens(): Tokens {
  return {
    algorithms: new Map(),
    issuers: createWitnessed(),
    audiences: createWitnessed(),
    scopes: createWitnessed(),
    withoutExpiry: 0,
    expired: 0,
    lifetimeSecondsMax: 0,
  };
}

export function learnToken(
  tokens: Tokens,
  claims: TokenClaims,
  { client, timeMs }: { readonly client: string; readonly timeMs: number },
): void {
  const { algorithm, issuer, audiences, scopes, expiresSeconds, issuedSeconds } = claims;
  countIn(tokens.algorithms, algorithm, 1, algorithmsMax);
  if (issuer !== undefined) witness(tokens.issuers, issuer, client, namesMax);
  for (const audience of audiences) witness(tokens.audiences, audience, client, namesMax);
  for (const scope of scopes) witness(tokens.scopes, scope, client, scopesMax);
  if (expiresSeconds === undefined) {
    tokens.withoutExpiry += 1;
    return;
  }
  if (expiresSeconds * 1_000 + clockSkewMs < timeMs) tokens.expired += 1;
  if (issuedSeconds === undefined) return;
  tokens.lifetimeSecondsMax = Math.max(tokens.lifetimeSecondsMax, expiresSeconds - issuedSeconds);
}

export function mergeTokens(into: Tokens, from: Tokens): void {
  mergeCounts(into.algorithms, from.algorithms, algorithmsMax);
  mergeWitnessed(into.issuers, from.issuers, namesMax);
  mergeWitnessed(into.audiences, from.audiences, namesMax);
  mergeWitnessed(into.scopes, from.scopes, scopesMax);
  into.withoutExpiry += from.withoutExpiry;
  into.expired += from.expired;
  into.lifetimeSecondsMax = Math.max(into.lifetimeSecondsMax, from.lifetimeSecondsMax);
}

/** For the inventory; undefined when no token came. */
export function describedTokens(tokens: Tokens, clients: number): TokenFacts | undefined {
  if (tokens.algorithms.size === 0) return undefined;
  const { withoutExpiry, expired, lifetimeSecondsMax } = tokens;
  return {
    algorithms: recordOf(tokens.algorithms),
    issuers: believedOf(tokens.issuers, clients),
    audiences: believedOf(tokens.audiences, clients),
    scopes: believedOf(tokens.scopes, clients),
    withoutExpiry,
    expired,
    ...(lifetimeSecondsMax > 0 ? { lifetimeSecondsMax } : {}),
  };
}
