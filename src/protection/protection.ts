import type { ClientCertificate } from "../model/client-certificate.ts";
import type { Detection } from "../model/detection.ts";
import type { RequestHead, ResponseHead } from "../model/exchange.ts";
import type { Field } from "../model/field.ts";
import type { Principal } from "../model/principal.ts";
import type { Verdict } from "../model/verdict.ts";
import type { Outcome } from "./guard.ts";
import type { KnownEndpoint } from "./knowledge.ts";

export type Awaitable<T> = T | Promise<T>;

/** What the protections of one exchange share. Grows from phase to phase. */
export interface ExchangeContext {
  readonly id: string;
  readonly timeMs: number;
  readonly client: string;
  readonly clientCertificate?: ClientCertificate;
  readonly request: RequestHead;
  /** Fields of request line and headers; decoded once, on first use. */
  readonly headFields: readonly Field[];
  /** Fields of the request body; empty before the request-body phase. */
  readonly bodyFields: readonly Field[];
  /** Why decoding the head stopped early or had to guess, such as `too-many-fields`. */
  readonly headAnomalies: readonly string[];
  /** The same for the body, such as `json-too-deep`; empty before the request-body phase. */
  readonly bodyAnomalies: readonly string[];
  readonly requestBody?: { readonly bytes: Uint8Array; readonly complete: boolean };
  readonly response?: ResponseHead;
  readonly responseBody?: { readonly bytes: Uint8Array; readonly complete: boolean };
  /** Whether the body is of a kind that is read in full; others are only sniffed or not seen. */
  readonly requestBodyInspectable: boolean;
  /** The inventory's endpoint that the request is about, when it is one; looked up on first use. */
  readonly endpoint: KnownEndpoint | undefined;
  /** Who calls, as far as an earlier protection told; undefined for nobody. */
  readonly principal: Principal | undefined;
  /**
   * Takes every copy of a header away that the client sent, and gives the upstream this value in its
   * place, if one is given; in every mode. The name in small letters.
   */
  setUpstreamHeader(name: string, value?: string): void;
  /** Tells the protections that follow who calls. */
  identify(principal: Principal): void;
  /** Adds a field to the response that the client gets, when it gets the upstream's. */
  addResponseHeader(name: string, value: string): void;
  /** What earlier phases and protections found and no exception lets pass. */
  readonly detections: readonly Detection[];
  /** Those of `found` that no exception of the policy lets pass; the others are noted as excepted. */
  countedDetections(found: readonly Detection[]): readonly Detection[];
}

/** Runs inline in the phases it has a hook for. Must not throw for anything a client can send. */
export interface Protection {
  /** Permanent kebab-case id: its key under `protections:` in merlon.yaml. */
  readonly id: string;
  readonly summary: string;
  /** Its verdict about a response is only recorded: the response need not wait for it. */
  readonly watchesResponses?: boolean;
  onRequestHeaders?(context: ExchangeContext): Awaitable<Verdict>;
  onRequestBody?(context: ExchangeContext): Awaitable<Verdict>;
  onResponseHeaders?(context: ExchangeContext): Awaitable<Verdict>;
  onResponseBody?(context: ExchangeContext): Awaitable<Verdict>;
  /** The exchange is over, however it ended: for counters, never for verdicts. */
  onClose?(context: ExchangeContext, outcome: Outcome): void;
}
