import type { Socket } from "node:net";
import { type Refusal, refusalOf } from "../../protection/refusal.ts";
import type { BodyReader, BodySink } from "./body-reader.ts";
import type { ClientStream } from "./client-stream.ts";
import { createBodyReader } from "./create-body-reader.ts";
import type { Expiring } from "./deadlines.ts";
import { findEarlyViolation } from "./early-violation.ts";
import { Exchange } from "./exchange.ts";
import type { GatewayRuntime } from "./gateway-runtime.ts";
import type { HeaderLines } from "./header-lines.ts";
import { headerLinesText } from "./message-text.ts";
import { headTooLong, headTooSlow, targetTooLong } from "./own-refusals.ts";
import type { Peer } from "./peer.ts";
import { refusalText, responseHeadText } from "./response-text.ts";
import { SocketWriter } from "./socket-writer.ts";
import { type ClientRequest, readRequestHead } from "./strict-request.ts";
import type { UpstreamResponse } from "./strict-response.ts";
import { isViolation, type Violation } from "./violation.ts";

/** Bytes of later requests that are taken in while one is answered. */
const PIPELINED_BYTES_MAX = 65_536;

/** What a client may still send of a body that nobody wants, and for how long, before it is cut off. */
const DISCARDED_BYTES_MAX = 4_194_304;
const LINGER_MS = 2_000;

const noBytes: Buffer = Buffer.alloc(0);

/** One HTTP/1.x connection of a client: one exchange after the other, read strictly. */
export class Http1Connection implements ClientStream, BodySink, Expiring {
  deadlineMs: number;
  readonly #runtime: GatewayRuntime;
  readonly #socket: Socket;
  readonly #peer: Peer;
  readonly #writer: SocketWriter;
  readonly #onGone: () => void;
  #unread: Buffer = noBytes;
  #skippedEmptyLine = false;
  #hasHeadBegun = false;
  #exchange: Exchange | undefined;
  #request: ClientRequest | undefined;
  #reader: BodyReader | undefined;
  #isBodyWanted = false;
  #isAdvancing = false;
  #isPaused = false;
  #isChunkedResponse = false;
  #isResponseDone = false;
  #closesAfter = false;
  /** No request is read any more: what arrives is thrown away until the client closes. */
  #isClosing = false;
  #discardable = Infinity;

  constructor(runtime: GatewayRuntime, socket: Socket, peer: Peer, onGone: () => void) {
    this.#runtime = runtime;
    this.#socket = socket;
    this.#peer = peer;
    this.#onGone = onGone;
    this.#writer = new SocketWriter(socket);
    this.deadlineMs = performance.now() + runtime.settings.timeouts.requestHeadMs;
    runtime.deadlines.add(this);
    socket.on("data", this.#onData);
    socket.on("drain", this.#onDrain);
    socket.on("end", this.#onEnd);
    // `close` follows each error and says all that matters.
    socket.on("error", () => {});
    socket.on("close", this.#onClose);
  }

  get isFull(): boolean {
    return this.#writer.isFull;
  }

  /** Ends an idle connection now, a busy one after its response. */
  drain(): void {
    this.#closesAfter = true;
    if (this.#exchange === undefined && !this.#hasHeadBegun) this.#socket.end();
  }

  destroy(): void {
    this.#socket.destroy();
  }

  onDeadline(): void {
    if (this.#hasHeadBegun && this.#exchange === undefined && !this.#isClosing) {
      this.#runtime.counters.add("timeouts");
      this.#refuseHead(headTooSlow);
    } else {
      this.#socket.destroy();
    }
  }

  readBody(): void {
    this.#isBodyWanted = true;
    this.#pumpBody();
    this.resumeBody();
  }

  pauseBody(): void {
    this.#isPaused = true;
    this.#socket.pause();
  }

  resumeBody(): void {
    if (!this.#isPaused) return;
    this.#isPaused = false;
    this.#socket.resume();
  }

  sendContinue(): void {
    this.#socket.write("HTTP/1.1 100 Continue\r\n\r\n", "latin1");
  }

  sendInformational({ status, reason, lines }: UpstreamResponse): void {
    if (this.#request?.head.httpVersion === "1.0") return;
    this.#writer.text(`HTTP/1.1 ${status} ${reason}\r\n${headerLinesText(lines)}\r\n`);
  }

  sendHead(response: UpstreamResponse): void {
    const isHttp10 = this.#request?.head.httpVersion === "1.0";
    const { kind } = response.framing;
    const isUnmeasured = kind === "chunked" || kind === "until-close";
    this.#isChunkedResponse = isUnmeasured && !isHttp10;
    this.#closesAfter ||=
      this.#request?.keepAlive !== true || this.#runtime.isDraining || (isUnmeasured && isHttp10);
    this.#writer.text(
      responseHeadText(response, {
        isChunked: this.#isChunkedResponse,
        connection: this.#closesAfter ? "close" : isHttp10 ? "keep-alive" : undefined,
      }),
    );
  }

  sendBody(bytes: Buffer): void {
    if (bytes.length === 0) return;
    if (!this.#isChunkedResponse) {
      this.#writer.bytes(bytes);
      return;
    }
    this.#writer.text(`${bytes.length.toString(16)}\r\n`);
    this.#writer.bytes(bytes);
    this.#writer.text("\r\n");
  }

  sendEnd(trailers: HeaderLines | undefined): void {
    if (this.#isChunkedResponse) this.#writer.text(`0\r\n${headerLinesText(trailers)}\r\n`);
    this.#endResponse();
  }

  refuse(refusal: Refusal): void {
    this.#closesAfter ||=
      this.#request?.keepAlive !== true || this.#reader !== undefined || this.#runtime.isDraining;
    this.#writer.text(
      refusalText(refusal, {
        hasBody: this.#request?.head.method !== "HEAD",
        connection: this.#closesAfter ? "close" : undefined,
      }),
    );
    this.#endResponse();
  }

  switchProtocol(response: UpstreamResponse): { socket: Socket; early: Buffer } {
    const { status, reason, lines } = response;
    this.#writer.text(`HTTP/1.1 ${status} ${reason}\r\n${headerLinesText(lines)}\r\n`);
    this.#writer.flush();
    const early = this.#unread;
    this.#unread = noBytes;
    this.#exchange = undefined;
    this.#isClosing = true;
    this.deadlineMs = Infinity;
    this.#socket.off("data", this.#onData);
    this.#socket.off("drain", this.#onDrain);
    this.#socket.off("end", this.#onEnd);
    return { socket: this.#socket, early };
  }

  cut(): void {
    this.#exchange = undefined;
    this.#isClosing = true;
    this.#writer.flush();
    // Without length or chunks only a reset tells that something is missing.
    if (this.#isChunkedResponse || this.#request?.head.httpVersion === "1.1") {
      this.#socket.destroySoon();
    } else {
      this.#socket.resetAndDestroy();
    }
  }

  flush(): void {
    this.#writer.flush();
  }

  onBodyBytes(bytes: Buffer): void {
    if (this.#isResponseDone) {
      this.#discardable -= bytes.length;
      if (this.#discardable < 0) this.#socket.destroy();
    } else {
      this.#exchange?.onRequestBytes(bytes);
    }
  }

  onBodyEnd(trailers: HeaderLines | undefined): void {
    this.#reader = undefined;
    if (this.#isResponseDone) this.#finishExchange();
    else this.#exchange?.onRequestEnd(trailers);
  }

  readonly #onData = (bytes: Buffer): void => {
    if (this.#isClosing) {
      this.#discardable -= bytes.length;
      if (this.#discardable < 0) this.#socket.destroy();
      return;
    }
    this.#unread = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes]);
    try {
      this.#advance();
      this.#exchange?.onClientTurnEnd();
    } catch (error) {
      // One request is lost to our mistake, not the worker.
      this.#runtime.counters.add("internalErrors");
      this.#runtime.onInternalError(error);
      this.#socket.destroy();
    }
    if (this.#unread.length > PIPELINED_BYTES_MAX) this.pauseBody();
  };

  readonly #onDrain = (): void => {
    this.#exchange?.onClientDrain();
  };

  /** A client that closes its half is gone, as for other proxies: nobody could tell the difference. */
  readonly #onEnd = (): void => {
    if (this.#exchange !== undefined && !this.#isResponseDone) this.#socket.destroy();
  };

  readonly #onClose = (): void => {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#isClosing = true;
    this.#runtime.deadlines.delete(this);
    if (!this.#isResponseDone) exchange?.onClientGone();
    this.#onGone();
  };

  #advance(): void {
    if (this.#isAdvancing) return;
    this.#isAdvancing = true;
    let before = -1;
    while (this.#unread.length > 0 && this.#unread.length !== before && !this.#isClosing) {
      before = this.#unread.length;
      if (this.#exchange === undefined) this.#readHead();
      else this.#pumpBody();
    }
    this.#isAdvancing = false;
  }

  #pumpBody(): void {
    const reader = this.#reader;
    if (reader === undefined || !this.#isBodyWanted || this.#unread.length === 0) return;
    const bytes = this.#unread;
    this.#unread = noBytes;
    const taken = reader.push(bytes);
    if (typeof taken === "number") {
      if (taken < bytes.length) this.#unread = bytes.subarray(taken);
    } else if (this.#isResponseDone) {
      this.#socket.destroy();
    } else {
      this.#exchange?.onRequestRefused(taken);
    }
  }

  #readHead(): void {
    if (!this.#skippedEmptyLine && this.#unread[0] === 0x0d && this.#unread[1] === 0x0a) {
      // RFC 9112, 2.2: one empty line before a request is an old client's habit.
      this.#skippedEmptyLine = true;
      this.#unread = this.#unread.subarray(2);
      if (this.#unread.length === 0) return;
    }
    const { limits, timeouts } = this.#runtime.settings;
    if (!this.#hasHeadBegun) {
      this.#hasHeadBegun = true;
      this.deadlineMs = performance.now() + timeouts.requestHeadMs;
    }
    const end = this.#unread.indexOf("\r\n\r\n");
    if (end < 0) {
      const wrong = findEarlyViolation(this.#unread, limits);
      if (wrong !== undefined) this.#refuseHead(wrong);
      return;
    }
    const request = readRequestHead(this.#unread.toString("latin1", 0, end), this.#peer.scheme);
    this.#unread = this.#unread.subarray(end + 4);
    if (isViolation(request)) this.#refuseHead(request);
    else if (request.target.length > limits.requestTargetBytesMax) this.#refuseHead(targetTooLong);
    else if (end > limits.headerBytesMax) this.#refuseHead(headTooLong);
    else this.#begin(request);
  }

  #begin(request: ClientRequest): void {
    this.deadlineMs = Infinity;
    this.#request = request;
    this.#isResponseDone = false;
    this.#isChunkedResponse = false;
    this.#isBodyWanted = false;
    this.#reader =
      request.framing.kind === "none" ? undefined : createBodyReader(request.framing, this);
    this.#exchange = new Exchange(this.#runtime, this, request, this.#peer);
    this.#exchange.start();
  }

  /** What cannot be read as a request ends the connection: nobody knows where the next one begins. */
  #refuseHead(violation: Violation): void {
    const { counters, settings } = this.#runtime;
    const { status, code, explanation, head } = violation;
    counters.add("requests");
    counters.add("refusedStrict");
    counters.add(status < 500 ? "responses4xx" : "responses5xx");
    const id = settings.guard.refused(
      { client: this.#peer.clientOf(head?.headers ?? []) },
      { status, code, explanation, ...(head === undefined ? {} : { head }) },
    );
    this.#closesAfter = true;
    this.#request = undefined;
    this.#reader = undefined;
    this.#writer.text(
      refusalText(refusalOf({ status }, id), { hasBody: true, connection: "close" }),
    );
    this.#endResponse();
  }

  #endResponse(): void {
    this.#isResponseDone = true;
    if (this.#reader === undefined || this.#closesAfter) {
      this.#finishExchange();
      return;
    }
    // The rest of an upload that is already answered: read on, so that the client can read too.
    this.#isBodyWanted = true;
    this.#discardable = DISCARDED_BYTES_MAX;
    this.deadlineMs = performance.now() + LINGER_MS;
    this.#pumpBody();
    this.resumeBody();
  }

  #finishExchange(): void {
    this.#exchange = undefined;
    this.#request = undefined;
    this.#hasHeadBegun = false;
    this.#skippedEmptyLine = false;
    this.#writer.flush();
    if (this.#closesAfter) {
      this.#linger();
      return;
    }
    this.deadlineMs = performance.now() + this.#runtime.settings.timeouts.idleMs;
    this.resumeBody();
    if (this.#unread.length > 0) this.#advance();
  }

  /** Closing at once would reset the connection and take the response with it (RFC 9112, 9.6). */
  #linger(): void {
    this.#isClosing = true;
    this.#unread = noBytes;
    this.#reader = undefined;
    this.#discardable = DISCARDED_BYTES_MAX;
    this.deadlineMs = performance.now() + LINGER_MS;
    this.#socket.end();
    this.resumeBody();
  }
}
