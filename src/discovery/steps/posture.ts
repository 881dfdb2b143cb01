import { headerOf } from "../../model/exchange.ts";
import { isRecord } from "../../model/is-record.ts";
import type { Observation } from "../observation.ts";
import { hashOf } from "../sketches/distinct-counter.ts";
import { commonPasswords } from "./common-passwords-table.ts";

/** What is measured rather than counted: bursts of calls and the size of answers. */
export interface Posture {
  /** The minute that calls are counted in, and the calls of each client in it. */
  minute: number;
  readonly clients: Map<number, number>;
  /** Most calls of one client within one minute. */
  largestBurst: number;
  /** Longest successful answer, and how many were measured. */
  largestAnswerBytes: number;
  answers: number;
}

const clientsMax = 256;
const minuteMs = 60_000;
const dayMs = 86_400_000;
/** A token that is good for longer is as good as one without an end. */
const tokenLifeMsMax = 90 * dayMs;

export function createPosture(): Posture {
  return { minute: 0, clients: new Map(), largestBurst: 0, largestAnswerBytes: 0, answers: 0 };
}

export function mergePosture(into: Posture, from: Posture): void {
  into.largestBurst = Math.max(into.largestBurst, from.largestBurst);
  into.largestAnswerBytes = Math.max(into.largestAnswerBytes, from.largestAnswerBytes);
  into.answers += from.answers;
}

export function measuresOf(
  posture: Posture,
  integers: ReadonlyMap<number, number>,
): Readonly<Record<string, number>> {
  const { largestBurst, largestAnswerBytes, answers } = posture;
  const values = [...integers.keys()];
  return {
    ...(largestBurst < 2 ? {} : { "calls-per-minute-of-one-client": largestBurst }),
    ...(answers === 0 ? {} : { "largest-answer-bytes": largestAnswerBytes, answers }),
    ...(values.length < 2
      ? {}
      : {
          "identifiers-known": values.length,
          "identifier-lowest": Math.min(...values),
          "identifier-highest": Math.max(...values),
        }),
  };
}

/** Measures one exchange, and counts the weak credentials and careless answers in it. */
export function notePosture(
  observation: Observation,
  posture: Posture,
  seen: (name: string) => void,
): void {
  noteBurst(observation, posture);
  if (observation.outcome !== "success") return;
  const bytes = observation.exchange.response?.body?.bytesTotal ?? 0;
  posture.answers += 1;
  posture.largestAnswerBytes = Math.max(posture.largestAnswerBytes, bytes);
  if (!observation.isDetailed) return;
  noteTokens(observation, seen);
  noteBasic(observation, seen);
  if (isCacheableByOthers(observation)) seen("private-answer-cacheable");
}

function noteBurst({ exchange, status }: Observation, posture: Posture): void {
  // What was turned away is no burst that went through.
  if (status === 429 || status === 503) return;
  const minute = Math.floor(exchange.timeMs / minuteMs);
  if (minute !== posture.minute) {
    posture.minute = minute;
    posture.clients.clear();
  }
  const client = hashOf(exchange.client);
  const calls = (posture.clients.get(client) ?? 0) + 1;
  if (calls > 1 || posture.clients.size < clientsMax) posture.clients.set(client, calls);
  posture.largestBurst = Math.max(posture.largestBurst, calls);
}

/** Tokens that were accepted although they are unsigned, over, or good for ever. */
function noteTokens(observation: Observation, seen: (name: string) => void): void {
  for (const token of tokensOf(observation)) {
    const [head = "", body = ""] = token.split(".", 3);
    const header = decoded(head);
    if (header === undefined) continue;
    if (String(header["alg"]).toLowerCase() === "none") seen("unsigned-token-accepted");
    const claims = decoded(body);
    if (claims !== undefined) noteLife(claims, observation.exchange.timeMs, seen);
  }
}

/** Clocks differ: a token that ended a moment ago may still be taken. */
const clockSkewMs = 5 * minuteMs;

function noteLife(
  claims: Readonly<Record<string, unknown>>,
  timeMs: number,
  seen: (name: string) => void,
): void {
  const { exp, iat, nbf } = claims;
  if (exp === undefined) {
    seen("token-without-expiry");
    return;
  }
  if (typeof exp !== "number") return;
  if (exp * 1_000 + clockSkewMs < timeMs) seen("expired-token-accepted");
  const start = typeof iat === "number" ? iat : typeof nbf === "number" ? nbf : timeMs / 1_000;
  if ((exp - start) * 1_000 > tokenLifeMsMax) seen("long-lived-token");
}

const tokensMax = 8;
const tokenCharactersMax = 16_384;

/** JSON web tokens in `Authorization`, cookies and query. */
function tokensOf({ exchange, cookies, query }: Observation): readonly string[] {
  const authorization = headerOf(exchange.request.headers, "authorization") ?? "";
  return [
    authorization.slice(authorization.indexOf(" ") + 1),
    ...cookies.values(),
    ...query.values(),
  ]
    .filter((value) => value.startsWith("eyJ") && value.length <= tokenCharactersMax)
    .slice(0, tokensMax);
}

function decoded(part: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString("utf8"));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function noteBasic({ exchange }: Observation, seen: (name: string) => void): void {
  const authorization = headerOf(exchange.request.headers, "authorization") ?? "";
  if (!/^basic /i.test(authorization)) return;
  const pair = Buffer.from(authorization.slice(6), "base64").toString("utf8");
  const colon = pair.indexOf(":");
  if (colon < 0) return;
  const user = pair.slice(0, colon).toLowerCase();
  const password = pair.slice(colon + 1).toLowerCase();
  if (password === "" || password === user || commonPasswords.has(password)) {
    seen("guessable-password-accepted");
  }
}

/** Whether a shared cache may keep the answer to a call with credentials (RFC 9111, section 3). */
function isCacheableByOthers({ exchange, credentials, responseHeaders }: Observation): boolean {
  if (credentials.length === 0 || exchange.request.method !== "GET") return false;
  const control = directivesOf(headerOf(responseHeaders, "cache-control") ?? "");
  if (control.has("private") || control.has("no-store") || control.has("no-cache")) return false;
  if (control.has("public") || isPositive(control.get("s-maxage"))) return true;
  // With `Authorization` a shared cache keeps nothing on its own; it does not know other credentials.
  if (headerOf(exchange.request.headers, "authorization") !== undefined) return false;
  return isPositive(control.get("max-age"));
}

function directivesOf(header: string): ReadonlyMap<string, string> {
  const directives = new Map<string, string>();
  for (const part of header.toLowerCase().split(",", 32)) {
    const [name = "", value = ""] = part.trim().split("=", 2);
    directives.set(name.trim(), value.replaceAll('"', "").trim());
  }
  return directives;
}

function isPositive(value: string | undefined): boolean {
  return value !== undefined && Number(value) > 0;
}
