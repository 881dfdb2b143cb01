import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import type { BodyReader, BodySink } from "./body-reader.ts";
import { createBodyReader } from "./create-body-reader.ts";
import type { Expiring } from "./deadlines.ts";
import type { HeaderLines } from "./header-lines.ts";
import { headerLinesText } from "./message-text.ts";
import { SocketWriter } from "./socket-writer.ts";
import { readResponseHead, type UpstreamResponse } from "./strict-response.ts";
import type { UpstreamFailure, UpstreamHandler } from "./upstream-handler.ts";
import { isViolation } from "./violation.ts";

/** Longest response head that is read from an upstream. */
const HEAD_BYTES_MAX = 262_144;

/** Where and how an upstream is reached. */
export interface UpstreamAddress {
  readonly host: string;
  readonly port: number;
  readonly tls?: { readonly ca?: string; readonly rejectUnauthorized: boolean };
}

/** The pool that a connection belongs to. */
export interface ConnectionOwner {
  onOpen(connection: UpstreamConnection): void;
  onIdle(connection: UpstreamConnection): void;
  onGone(connection: UpstreamConnection, failure: UpstreamFailure | undefined): void;
}

const noBytes: Buffer = Buffer.alloc(0);

/** One HTTP/1.1 connection to an upstream; carries one exchange at a time. */
export class UpstreamConnection implements BodySink, Expiring {
  deadlineMs: number;
  readonly #owner: ConnectionOwner;
  readonly #socket: Socket;
  readonly #writer: SocketWriter;
  #handler: UpstreamHandler | undefined;
  #method = "";
  #unread: Buffer = noBytes;
  #reader: BodyReader | undefined;
  #keepAlive = true;
  #isRequestDone = false;
  #isChunkedRequest = false;
  #hasAnswered = false;
  #isOpen = false;
  #isGone = false;
  #failure: UpstreamFailure | undefined;
  #uses = 0;

  constructor(address: UpstreamAddress, owner: ConnectionOwner, connectDeadlineMs: number) {
    this.#owner = owner;
    this.deadlineMs = connectDeadlineMs;
    this.#socket = openSocket(address, () => this.#onOpen());
    this.#writer = new SocketWriter(this.#socket);
    this.#socket.on("data", (bytes: Buffer) => this.#onData(bytes));
    this.#socket.on("drain", () => this.#handler?.onUpstreamDrain());
    this.#socket.on("end", () => this.#onEnd());
    // What went wrong is told by `close`, which always follows.
    this.#socket.on("error", () => {});
    this.#socket.on("close", () => this.#onClose());
  }

  /** After a flush: the upstream does not keep up; wait for `onUpstreamDrain`. */
  get isFull(): boolean {
    return this.#writer.isFull;
  }

  get socket(): Socket {
    return this.#socket;
  }

  /** Begins an exchange; `head` is the request head with its closing empty line. */
  begin(
    handler: UpstreamHandler,
    request: { readonly method: string; readonly head: string; readonly isChunked: boolean },
  ): void {
    this.#handler = handler;
    this.#method = request.method;
    this.#isChunkedRequest = request.isChunked;
    this.#isRequestDone = false;
    this.#hasAnswered = false;
    this.#keepAlive = true;
    this.#uses += 1;
    this.#writer.text(request.head);
  }

  sendBody(bytes: Buffer): void {
    if (!this.#isChunkedRequest) {
      this.#writer.bytes(bytes);
    } else if (bytes.length > 0) {
      this.#writer.text(`${bytes.length.toString(16)}\r\n`);
      this.#writer.bytes(bytes);
      this.#writer.text("\r\n");
    }
  }

  sendEnd(trailers: HeaderLines | undefined): void {
    this.#isRequestDone = true;
    if (this.#isChunkedRequest) this.#writer.text(`0\r\n${headerLinesText(trailers)}\r\n`);
  }

  flush(): void {
    this.#writer.flush();
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** The exchange is given up: an unfinished message makes the connection useless. */
  abort(): void {
    this.#handler = undefined;
    this.#socket.destroy();
  }

  /** Closes a connection that carries nothing. */
  close(): void {
    this.#socket.destroy();
  }

  onDeadline(): void {
    this.deadlineMs = Infinity;
    if (!this.#isOpen) this.#failure = "connect-timeout";
    this.#socket.destroy();
  }

  onBodyBytes(bytes: Buffer): void {
    this.#handler?.onResponseBytes(bytes);
  }

  onBodyEnd(trailers: HeaderLines | undefined): void {
    const handler = this.#handler;
    this.#handler = undefined;
    this.#reader = undefined;
    if (this.#keepAlive && this.#isRequestDone) this.#owner.onIdle(this);
    else this.#socket.destroy();
    handler?.onResponseEnd(trailers);
  }

  #onOpen(): void {
    this.#isOpen = true;
    this.deadlineMs = Infinity;
    this.#owner.onOpen(this);
  }

  #onData(bytes: Buffer): void {
    const handler = this.#handler;
    if (handler === undefined) {
      // Nothing was asked: whatever this is must not become somebody's response.
      this.#socket.destroy();
      return;
    }
    this.#hasAnswered = true;
    this.#unread = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes]);
    try {
      this.#readAll(handler);
      handler.onUpstreamTurnEnd();
    } catch (error) {
      handler.onBroken(error);
    }
    if (this.#handler !== handler && this.#unread.length > 0) this.#socket.destroy();
  }

  #readAll(handler: UpstreamHandler): void {
    let canGoOn = true;
    while (canGoOn && this.#unread.length > 0 && this.#handler === handler) {
      const reader = this.#reader;
      canGoOn = reader === undefined ? this.#readHead(handler) : this.#readBody(reader);
    }
  }

  /** False: more bytes are needed, or the exchange is over. */
  #readHead(handler: UpstreamHandler): boolean {
    const end = this.#unread.indexOf("\r\n\r\n");
    if (end < 0) {
      if (this.#unread.length > HEAD_BYTES_MAX) this.#fail("invalid-response");
      return false;
    }
    const response = readResponseHead(this.#unread.toString("latin1", 0, end), this.#method);
    this.#unread = this.#unread.subarray(end + 4);
    if (isViolation(response)) {
      this.#fail("invalid-response");
      return false;
    }
    if (response.status === 101) {
      this.#switch(handler, response);
      return false;
    }
    if (response.status < 200) {
      handler.onInformational(response);
      return true;
    }
    this.#keepAlive = response.keepAlive && response.framing.kind !== "until-close";
    handler.onResponseHead(response);
    if (this.#handler !== handler) return false;
    if (response.framing.kind === "none") this.onBodyEnd(undefined);
    else this.#reader = createBodyReader(response.framing, this);
    return true;
  }

  #readBody(reader: BodyReader): boolean {
    const bytes = this.#unread;
    this.#unread = noBytes;
    const taken = reader.push(bytes);
    if (typeof taken !== "number") {
      this.#fail("invalid-response");
      return false;
    }
    if (taken < bytes.length) this.#unread = bytes.subarray(taken);
    return true;
  }

  #switch(handler: UpstreamHandler, response: UpstreamResponse): void {
    const rest = this.#unread;
    this.#unread = noBytes;
    this.#handler = undefined;
    this.#socket.pause();
    this.#socket.removeAllListeners("data");
    this.#socket.removeAllListeners("drain");
    this.#socket.removeAllListeners("end");
    handler.onSwitched(response, rest);
  }

  #onEnd(): void {
    const handler = this.#handler;
    if (handler !== undefined && this.#reader?.isUntilClose === true) {
      this.onBodyEnd(undefined);
      handler.onUpstreamTurnEnd();
    }
    this.#socket.destroy();
  }

  #fail(failure: UpstreamFailure): void {
    this.#failure = failure;
    this.#unread = noBytes;
    this.#socket.destroy();
    this.#onClose();
  }

  #onClose(): void {
    if (this.#isGone) return;
    this.#isGone = true;
    const handler = this.#handler;
    this.#handler = undefined;
    this.#owner.onGone(this, this.#isOpen ? undefined : (this.#failure ?? "connect-failed"));
    const isStale = this.#uses > 1 && !this.#hasAnswered;
    handler?.onUpstreamFailure(this.#failure ?? (isStale ? "stale" : "closed"));
  }
}

function openSocket({ host, port, tls }: UpstreamAddress, onOpen: () => void): Socket {
  if (tls === undefined) return connectTcp({ host, port, noDelay: true }, onOpen);
  const socket = connectTls(
    {
      host,
      port,
      ALPNProtocols: ["http/1.1"],
      rejectUnauthorized: tls.rejectUnauthorized,
      ...(tls.ca === undefined ? {} : { ca: tls.ca }),
      ...(/[a-z]/i.test(host) && !host.includes(":") ? { servername: host } : {}),
    },
    onOpen,
  );
  return socket.setNoDelay(true);
}
