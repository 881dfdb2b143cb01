import type { ClientCertificate } from "../model/client-certificate.ts";
import type { Detection } from "../model/detection.ts";
import type { Header, RequestHead, ResponseHead } from "../model/exchange.ts";
import type { Field } from "../model/field.ts";
import type { Principal } from "../model/principal.ts";
import { findException } from "./exceptions.ts";
import type { FieldReaders, FieldsRead } from "./field-readers.ts";
import type { EndpointLookup, KnownEndpoint } from "./knowledge.ts";
import type { PolicyException } from "./policy.ts";
import type { ExchangeContext } from "./protection.ts";

/** A hostile request may hide thousands of attacks; this many explain any decision. */
const DETECTIONS_MAX = 64;

const nothing: FieldsRead = { fields: [], anomalies: [] };

/** What the protections of one exchange share; the transaction moves it from phase to phase. */
export class LiveExchangeContext implements ExchangeContext {
  readonly id: string;
  readonly timeMs: number;
  readonly client: string;
  readonly clientCertificate?: ClientCertificate;
  readonly request: RequestHead;
  readonly requestBodyInspectable: boolean;
  requestBody?: { readonly bytes: Uint8Array; readonly complete: boolean };
  response?: ResponseHead;
  responseBody?: { readonly bytes: Uint8Array; readonly complete: boolean };
  /** Fields for the response that the client gets. */
  readonly addedHeaders: Header[] = [];
  readonly detections: Detection[] = [];
  readonly excepted: Detection[] = [];
  upstreamHeaders: Map<string, string | undefined> | undefined;
  readonly exceptionIds: Set<string> = new Set();
  readonly #readers: FieldReaders;
  readonly #exceptions: readonly PolicyException[];
  readonly #endpointOf: EndpointLookup;
  #endpoint: { readonly found: KnownEndpoint | undefined } | undefined;
  #principal: Principal | undefined;
  #head: FieldsRead | undefined;
  #body: FieldsRead | undefined;

  constructor(options: {
    readonly id: string;
    readonly timeMs: number;
    readonly client: string;
    readonly clientCertificate?: ClientCertificate | undefined;
    readonly request: RequestHead;
    readonly requestBodyInspectable: boolean;
    readonly readers: FieldReaders;
    readonly exceptions: readonly PolicyException[];
    readonly endpointOf: EndpointLookup;
  }) {
    this.id = options.id;
    this.timeMs = options.timeMs;
    this.client = options.client;
    if (options.clientCertificate !== undefined) {
      this.clientCertificate = options.clientCertificate;
    }
    this.request = options.request;
    this.requestBodyInspectable = options.requestBodyInspectable;
    this.#readers = options.readers;
    this.#exceptions = options.exceptions;
    this.#endpointOf = options.endpointOf;
  }

  get headFields(): readonly Field[] {
    return this.#readHead().fields;
  }

  get bodyFields(): readonly Field[] {
    return this.#readBody().fields;
  }

  get headAnomalies(): readonly string[] {
    return this.#readHead().anomalies;
  }

  get bodyAnomalies(): readonly string[] {
    return this.#readBody().anomalies;
  }

  get endpoint(): KnownEndpoint | undefined {
    this.#endpoint ??= { found: this.#endpointOf(this.request) };
    return this.#endpoint.found;
  }

  get principal(): Principal | undefined {
    return this.#principal;
  }

  setUpstreamHeader(name: string, value?: string): void {
    this.upstreamHeaders ??= new Map();
    this.upstreamHeaders.set(name, value);
  }

  identify(principal: Principal): void {
    this.#principal = principal;
  }

  addResponseHeader(name: string, value: string): void {
    this.addedHeaders.push([name, value]);
  }

  countedDetections(found: readonly Detection[]): readonly Detection[] {
    if (this.#exceptions.length === 0) return found;
    return found.filter((detection) => {
      const exception = findException(detection, this.#exceptions);
      if (exception === undefined) return true;
      this.exceptionIds.add(exception.id);
      if (this.excepted.length < DETECTIONS_MAX) this.excepted.push(detection);
      return false;
    });
  }

  /** Keeps what a verdict reported for later phases and the decision. */
  addDetections(found: readonly Detection[]): void {
    for (const detection of found) {
      if (this.detections.length >= DETECTIONS_MAX) return;
      this.detections.push(detection);
    }
  }

  #readHead(): FieldsRead {
    this.#head ??= this.#readers.fieldsOfHead(this.request);
    return this.#head;
  }

  #readBody(): FieldsRead {
    const bytes = this.requestBody?.bytes;
    if (bytes === undefined || bytes.length === 0) return nothing;
    this.#body ??= this.#readers.fieldsOfBody(this.request, bytes);
    return this.#body;
  }
}
