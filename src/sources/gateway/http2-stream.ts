import { constants, type OutgoingHttpHeaders, type ServerHttp2Stream } from "node:http2";
import { type Refusal, refusalOf } from "../../protection/refusal.ts";
import type { ClientStream } from "./client-stream.ts";
import { Exchange } from "./exchange.ts";
import type { GatewayRuntime } from "./gateway-runtime.ts";
import type { HeaderLines } from "./header-lines.ts";
import type { Peer } from "./peer.ts";
import { isHopByHop } from "./response-text.ts";
import { readHttp2Request } from "./strict-http2-request.ts";
import type { UpstreamResponse } from "./strict-response.ts";
import { isViolation, type Violation } from "./violation.ts";

/** Flag of a HEADERS frame after which nothing follows. */
const END_STREAM = 0x1;

/** One HTTP/2 stream: the client's side of one exchange. */
export class Http2Stream implements ClientStream {
  readonly #stream: ServerHttp2Stream;
  readonly #runtime: GatewayRuntime;
  #exchange: Exchange | undefined;
  #trailers: HeaderLines | undefined;
  #isBodyRead = false;
  #isDone = false;

  /** Reads a new stream's request, and begins an exchange or refuses it. */
  static serve(
    runtime: GatewayRuntime,
    stream: ServerHttp2Stream,
    parts: { readonly rawHeaders: readonly string[]; readonly flags: number; readonly peer: Peer },
  ): void {
    const client = new Http2Stream(runtime, stream);
    const hasBody = (parts.flags & END_STREAM) === 0;
    const request = readHttp2Request(parts.rawHeaders, { hasBody });
    if (isViolation(request)) {
      client.#refuseHead(request, parts.peer);
      return;
    }
    client.#exchange = new Exchange(runtime, client, request, parts.peer);
    client.#exchange.start();
  }

  private constructor(runtime: GatewayRuntime, stream: ServerHttp2Stream) {
    this.#runtime = runtime;
    this.#stream = stream;
    stream.on("error", () => {});
    stream.on("drain", () => this.#exchange?.onClientDrain());
    stream.on("close", () => {
      if (!this.#isDone) this.#exchange?.onClientGone();
    });
  }

  get isFull(): boolean {
    return this.#stream.writableNeedDrain;
  }

  readBody(): void {
    if (this.#isBodyRead) return;
    this.#isBodyRead = true;
    this.#stream.on("data", (bytes: Buffer) => {
      this.#exchange?.onRequestBytes(bytes);
      this.#exchange?.onClientTurnEnd();
    });
    this.#stream.on("trailers", (_headers, _flags, raw: readonly string[] | undefined) => {
      this.#trailers = trailersOf(raw ?? []);
    });
    this.#stream.on("end", () => {
      // A reset also ends the readable side; only a whole body is a body.
      if (!this.#stream.aborted) this.#exchange?.onRequestEnd(this.#trailers);
    });
  }

  pauseBody(): void {
    this.#stream.pause();
  }

  resumeBody(): void {
    this.#stream.resume();
  }

  sendContinue(): void {
    if (this.#isOpen) this.#stream.additionalHeaders({ ":status": 100 });
  }

  sendInformational(response: UpstreamResponse): void {
    if (this.#isOpen) this.#stream.additionalHeaders(fieldsOf(response));
  }

  sendHead(response: UpstreamResponse): void {
    if (!this.#isOpen) return;
    this.#stream.respond(fieldsOf(response), {
      endStream: response.framing.kind === "none",
      waitForTrailers: response.framing.kind === "chunked",
      sendDate: false,
    } as Parameters<ServerHttp2Stream["respond"]>[1]);
  }

  sendBody(bytes: Buffer): void {
    if (this.#isOpen && bytes.length > 0) this.#stream.write(bytes);
  }

  sendEnd(trailers: HeaderLines | undefined): void {
    this.#isDone = true;
    if (this.#stream.destroyed) return;
    this.#stream.once("wantTrailers", () => this.#stream.sendTrailers(trailerFieldsOf(trailers)));
    this.#stream.end();
    // What is left of the upload is not wanted any more (RFC 9113, 8.1).
    if (!this.#stream.readableEnded) this.#stream.resume();
  }

  refuse(refusal: Refusal): void {
    this.#isDone = true;
    if (!this.#isOpen) return;
    this.#stream.respond(
      {
        ":status": refusal.status,
        ...grouped(refusal.headers),
        "content-length": Buffer.byteLength(refusal.body),
      },
      { sendDate: false } as Parameters<ServerHttp2Stream["respond"]>[1],
    );
    this.#stream.end(refusal.body, () => {
      if (!this.#stream.readableEnded) this.#stream.close(constants.NGHTTP2_NO_ERROR);
    });
    this.#stream.resume();
  }

  switchProtocol(): undefined {
    return undefined;
  }

  cut(): void {
    this.#isDone = true;
    this.#stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  }

  flush(): void {
    // The library gathers frames itself.
  }

  get #isOpen(): boolean {
    return !this.#stream.destroyed && !this.#stream.closed && !this.#stream.aborted;
  }

  #refuseHead({ status, code, explanation, head }: Violation, peer: Peer): void {
    const { counters, settings } = this.#runtime;
    counters.add("requests");
    counters.add("refusedStrict");
    counters.add(status < 500 ? "responses4xx" : "responses5xx");
    const id = settings.guard.refused(
      { client: peer.clientOf(head?.headers ?? []) },
      { status, code, explanation, ...(head === undefined ? {} : { head }) },
    );
    this.refuse(refusalOf({ status }, id));
  }
}

function fieldsOf({ status, lines, connectionOptions }: UpstreamResponse): OutgoingHttpHeaders {
  const kept = lines.headers.filter(([name]) => !isHopByHop(name, connectionOptions));
  return { ":status": status, ...grouped(kept) };
}

function trailerFieldsOf(trailers: HeaderLines | undefined): OutgoingHttpHeaders {
  return grouped(trailers?.headers ?? []);
}

/** Repeated fields as the library takes them: a list below one name. */
function grouped(
  headers: readonly (readonly [name: string, value: string])[],
): OutgoingHttpHeaders {
  const fields: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of headers) {
    const before = fields[name];
    if (before === undefined) fields[name] = value;
    else if (typeof before === "string") fields[name] = [before, value];
    else before.push(value);
  }
  return fields;
}

function trailersOf(raw: readonly string[]): HeaderLines {
  const names: string[] = [];
  const headers: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? "";
    names.push(name);
    headers.push([name, raw[index + 1] ?? ""]);
  }
  return { names, headers };
}
