import { headerOf } from "../../model/exchange.ts";
import { isRecord } from "../../model/is-record.ts";
import { exposureOf } from "../client-exposure.ts";
import type { DiscoveryStep } from "../discovery-step.ts";
import type { Observation } from "../observation.ts";
import { type Counts, countIn, mergeCounts, recordOf } from "../sketches/counts.ts";
import { errorTextMarks } from "./error-texts.ts";
import { createPosture, measuresOf, mergePosture, notePosture, type Posture } from "./posture.ts";

export interface Weaknesses {
  readonly observations: Counts;
  /** Some integers seen in the path, to tell counters from random numbers. */
  readonly integers: Map<number, number>;
  /** Calls with such an integer. */
  integerCalls: number;
  /** Missing in states that were saved before it was measured. */
  posture?: Posture;
}

const integersMax = 64;
/** Distinct integers below which nothing is said of them. */
const integersMin = 5;
const unpagedItemsMin = 100;

/** Counts what risk factors read: leaking errors, careless headers, credentials in the wrong place. */
export const weaknesses: DiscoveryStep<Weaknesses> = {
  name: "weaknesses",

  create: () => ({ observations: new Map(), integers: new Map(), integerCalls: 0 }),

  learn(observation, state) {
    const seen = (name: string): void => countIn(state.observations, name);
    noteCredentials(observation, seen);
    noteResponseHeaders(observation, seen);
    noteStatus(observation, seen);
    if (observation.outcome === "success") noteIntegers(observation, state);
    if (observation.isDetailed || observation.status >= 400) noteErrorTexts(observation, seen);
    if (observation.isDetailed) noteLists(observation, seen);
    if (isIntrospection(observation)) seen("graphql-introspection");
    state.posture ??= createPosture();
    notePosture(observation, state.posture, seen);
  },

  merge(into, from) {
    mergeCounts(into.observations, from.observations);
    mergeCounts(into.integers, from.integers, integersMax);
    into.integerCalls += from.integerCalls;
    into.posture ??= createPosture();
    mergePosture(into.posture, from.posture ?? createPosture());
  },

  describe: ({ observations, integers, integerCalls, posture = createPosture() }) => ({
    measures: measuresOf(posture, integers),
    observations: {
      ...recordOf(observations),
      // Small numbers can be counted through: a random 64-bit number never is small.
      ...(integers.size < integersMin ? {} : { "sequential-identifiers": integerCalls }),
    },
  }),
};

type Seen = (name: string) => void;

function noteCredentials({ exchange, credentials, query }: Observation, seen: Seen): void {
  const isCleartext =
    exchange.request.scheme === "http" && exposureOf(exchange.client) !== "loopback";
  if (isCleartext) seen("cleartext");
  if (credentials.some(({ algorithm }) => algorithm?.toLowerCase() === "none")) {
    seen("jwt-alg-none");
  }
  if (isCleartext && credentials.some(({ kind }) => kind === "basic")) {
    seen("basic-over-cleartext");
  }
  const isSecretInUrl =
    credentials.some((credential) => credential.in === "query") ||
    [...query.keys()].some((name) => secretName.test(name));
  if (isSecretInUrl) seen("secret-in-url");
}

const secretName =
  /^(?:pass(?:word|wd|phrase)?|pwd|secret|client_?secret|private_?key|otp|pin|cvv)$/i;

function noteResponseHeaders(observation: Observation, seen: Seen): void {
  const { exchange, outcome, responseHeaders, isDetailed } = observation;
  if (responseHeaders.length === 0) return;
  noteCrossOrigin(responseHeaders, headerOf(exchange.request.headers, "origin"), seen);
  for (const [name, value] of responseHeaders) {
    if (name === "set-cookie") noteCookie(value, exchange.request.scheme, seen);
    else noteHeader(name, value, seen);
  }
  if (outcome === "success" && isDetailed && lacksProtection(observation)) {
    seen("missing-security-headers");
  }
}

function noteHeader(name: string, value: string, seen: Seen): void {
  if (name === "deprecation" || name === "sunset") seen("deprecated-header");
  if ((name === "server" || name === "x-powered-by") && /\d\.\d/.test(value))
    seen("server-version");
}

function lacksProtection({ exchange, responseHeaders }: Observation): boolean {
  if (headerOf(responseHeaders, "x-content-type-options") === undefined) return true;
  return (
    exchange.request.scheme === "https" &&
    headerOf(responseHeaders, "strict-transport-security") === undefined
  );
}

function noteCrossOrigin(
  headers: Observation["responseHeaders"],
  origin: string | undefined,
  seen: Seen,
): void {
  const allowed = headerOf(headers, "access-control-allow-origin");
  if (allowed === undefined) return;
  const withCredentials = headerOf(headers, "access-control-allow-credentials") === "true";
  if (allowed === "*") seen("cors-any-origin");
  // An origin mirrored with credentials lets every web page act as the user.
  const isMirrored = origin !== undefined && allowed === origin;
  if (withCredentials && (allowed === "*" || allowed === "null" || isMirrored)) {
    seen("cors-any-origin-with-credentials");
  }
}

function noteCookie(value: string, scheme: string, seen: Seen): void {
  if (!/sess|sid|auth|token|jwt/i.test(value.slice(0, value.indexOf("=")))) return;
  if (!/;\s*httponly/i.test(value)) seen("cookie-without-httponly");
  if (scheme === "https" && !/;\s*secure/i.test(value)) seen("cookie-without-secure");
}

function noteStatus({ status, exchange }: Observation, seen: Seen): void {
  if (status === 429) seen("rate-limited-429");
  if (headerOf(exchange.response?.headers ?? [], "ratelimit-limit") !== undefined)
    seen("rate-limit-header");
  else if (headerOf(exchange.response?.headers ?? [], "x-ratelimit-limit") !== undefined)
    seen("rate-limit-header");
}

function noteErrorTexts(observation: Observation, seen: Seen): void {
  const { status, responseMediaType } = observation;
  // Documentation and source viewers show stack traces on purpose; they answer with success.
  if (status < 400 && responseMediaType?.includes("json") !== true) return;
  const text = observation.responseText();
  if (text === undefined) return;
  for (const [name, mark] of errorTextMarks) if (mark(text)) seen(name);
}

function noteLists({ exchange, outcome, query, responseJson }: Observation, seen: Seen): void {
  if (outcome !== "success" || exchange.request.method !== "GET") return;
  const json = responseJson();
  const list = Array.isArray(json)
    ? json
    : isRecord(json)
      ? Object.values(json).find(Array.isArray)
      : undefined;
  if (!Array.isArray(list) || list.length < unpagedItemsMin) return;
  const isPaged = [...query.keys()].some((name) =>
    /page|limit|size|offset|cursor|after|before|per_|first|last|top|skip|take|count/i.test(name),
  );
  if (!isPaged) seen("large-unpaged-list");
}

/** A GraphQL schema was asked for and answered. */
function isIntrospection({
  outcome,
  exchange,
  query,
  requestJson,
  responseJson,
}: Observation): boolean {
  if (outcome !== "success") return false;
  const isAsked =
    query.get("query")?.includes("__schema") === true ||
    (exchange.request.method === "POST" &&
      queryTextOf(requestJson())?.includes("__schema") === true);
  if (!isAsked) return false;
  const answer = responseJson();
  const data = isRecord(answer) ? answer["data"] : undefined;
  return isRecord(data) && isRecord(data["__schema"]);
}

function queryTextOf(json: unknown): string | undefined {
  const query = isRecord(json) ? json["query"] : undefined;
  return typeof query === "string" ? query : undefined;
}

function noteIntegers({ pathValues }: Observation, state: Weaknesses): void {
  const integers = pathValues.filter((value) => /^[1-9]\d{0,9}$/.test(value));
  if (integers.length === 0) return;
  state.integerCalls += 1;
  for (const value of integers) countIn(state.integers, Number(value), 1, integersMax);
}
