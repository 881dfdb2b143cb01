import type { ClientCertificate } from "../model/client-certificate.ts";
import type { Decision } from "../model/decision.ts";
import type { Exchange, Header, RequestHead, ResponseHead } from "../model/exchange.ts";
import type { Verdict } from "../model/verdict.ts";
import type { Awaitable } from "./protection.ts";

/** What a source calls for each exchange; the whole API an integration has to learn. */
export interface Guard {
  open(connection: Connection): Transaction;
  /**
   * Records that the source itself refused something that never became a transaction (a request
   * line that cannot be read, an ambiguous length), and tells the decision's id for the answer.
   * Always enforced: strict parsing is no policy.
   */
  refused(connection: Connection, refusal: SourceRefusal): string;
}

/**
 * Why a source refuses an exchange on its own account, under the protection id `strict-http`.
 * Only for what the client did; an upstream that fails is no decision.
 */
export interface SourceRefusal {
  readonly status: number;
  /** Permanent kebab-case reason: `duplicate-content-length`, `invalid-chunk-size`. */
  readonly code: string;
  /** One sentence for the operator, never for the client. */
  readonly explanation: string;
  /** The request head as far as it could be read. */
  readonly head?: RequestHead;
}

export interface Connection {
  /** Client address after trusted proxies. */
  readonly client: string;
  readonly destination?: string;
  /** Shown by the client in the TLS handshake. */
  readonly clientCertificate?: ClientCertificate;
  /** The exchange's time and id; made by the guard when missing (recorded traffic brings its own). */
  readonly timeMs?: number;
  readonly id?: string;
}

/**
 * What the source does with a body: `skip` streams it unseen; `tap` streams it and keeps the first
 * `bytesMax` bytes for the phase call afterwards; `hold` collects up to `bytesMax` bytes, calls the
 * phase, and only then forwards (what exceeds `bytesMax` is streamed after the verdict).
 */
export interface BodyPlan {
  readonly treatment: "skip" | "tap" | "hold";
  readonly bytesMax: number;
}

/**
 * One exchange. Phases are called in order, each at most once; a verdict of `block` is already the
 * final word under the policy (in observe mode the transaction never returns one), so the source
 * only obeys: it answers with `refusalOf(verdict, id)` and stops.
 */
export interface Transaction {
  readonly id: string;
  requestHeaders(head: RequestHead): Awaitable<Verdict>;
  /**
   * Headers that the upstream gets instead of the client's of that name, or does not get (undefined);
   * valid after `requestHeaders`. Missing: none.
   */
  upstreamHeaders?(): ReadonlyMap<string, string | undefined> | undefined;
  /** Valid after `requestHeaders`. */
  requestBodyPlan(): BodyPlan;
  requestBody(bytes: Uint8Array, complete: boolean): Awaitable<Verdict>;
  responseHeaders(head: ResponseHead): Awaitable<Verdict>;
  /** Fields to add to the upstream's response, such as `ratelimit`; valid after `responseHeaders`. */
  addedResponseHeaders(): readonly Header[];
  /** Valid after `responseHeaders`. */
  responseBodyPlan(): BodyPlan;
  responseBody(bytes: Uint8Array, complete: boolean): Awaitable<Verdict>;
  /** As `Guard.refused`, for an exchange already open: a chunk size that cannot be read, a timeout. */
  refused(refusal: SourceRefusal): void;
  /** Hands the exchange to the learning path. Never throws and never waits. */
  close(outcome?: Outcome): void;
}

/** How the exchange ended, as only the source knows it. */
export interface Outcome {
  readonly durationMs?: number;
  readonly requestBytesTotal?: number;
  readonly responseBytesTotal?: number;
  readonly upgrade?: string;
  readonly aborted?: "client" | "upstream";
}

/** What the learning path gets of each exchange. */
export interface ExchangeRecord {
  readonly exchange: Exchange;
  /** Present when there was a detection, a block, or an anomaly worth keeping. */
  readonly decision?: Decision;
}
