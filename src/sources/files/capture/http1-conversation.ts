import { type HttpRequest, headerOf, type ResponseHead } from "../../../model/exchange.ts";
import { type Framing, noBody } from "../../gateway/framing.ts";
import { readRequestHead } from "../../gateway/strict-request.ts";
import { readResponseHead } from "../../gateway/strict-response.ts";
import { isViolation } from "../../gateway/violation.ts";
import type { Conversation, ConversationContext } from "./capture-context.ts";
import { CapturedBody } from "./captured-body.ts";
import { Http2Conversation } from "./http2-conversation.ts";
import { MessageHalf } from "./message-half.ts";

/** Requests of one connection that wait for their answers. */
const pipelinedMax = 256;

interface Pending {
  readonly id: string;
  readonly packet: number;
  readonly timeMs: number;
  readonly request: HttpRequest;
  readonly body: CapturedBody;
  response?: ResponseHead;
  readonly responseBody: CapturedBody;
  /** The whole request was read. */
  isAsked: boolean;
}

/**
 * Reads an HTTP/1.x connection from both sides, by the gateway's own strict rules. A request that
 * these refuse is handed over as it is, and nothing behind it is read: where it ends is anybody's guess.
 */
export class Http1Conversation implements Conversation {
  readonly #context: ConversationContext;
  readonly #pending: Pending[] = [];
  /** The request whose body is being read. */
  #current: Pending | undefined;
  /** An exchange that was answered before the last of its request was read. */
  #answered: { readonly pending: Pending; readonly timeMs: number } | undefined;
  #switchedTo: Conversation | undefined;
  #isOver = false;

  readonly #requests: MessageHalf = new MessageHalf({
    onHead: (text, timeMs) => this.#onRequestHead(text, timeMs),
    onBodyBytes: (bytes) => this.#current?.body.push(bytes),
    onBodyGap: (bytes) => this.#current?.body.skip(bytes),
    onMessageEnd: () => this.#onRequestEnd(),
    isReady: () => this.#pending.length < pipelinedMax,
  });

  readonly #responses: MessageHalf = new MessageHalf({
    onHead: (text) => this.#onResponseHead(text),
    onBodyBytes: (bytes) => this.#pending[0]?.responseBody.push(bytes),
    onBodyGap: (bytes) => this.#pending[0]?.responseBody.skip(bytes),
    onMessageEnd: (timeMs) => this.#onResponseEnd(timeMs),
    // A capture may hold an answer before the last bytes of its question.
    isReady: () => this.#pending.length > 0,
  });

  constructor(context: ConversationContext) {
    this.#context = context;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  get switchedTo(): Conversation | undefined {
    return this.#switchedTo;
  }

  onBytes(isFromClient: boolean, bytes: Buffer, timeMs: number): void {
    if (this.#isOver) return;
    (isFromClient ? this.#requests : this.#responses).push(bytes, timeMs);
    if (isFromClient) this.#responses.resume();
    else this.#requests.resume();
    if (this.#responses.isStopped) this.#isOver = true;
  }

  onGap(isFromClient: boolean, bytes: number): boolean {
    if (this.#isOver) return true;
    return (isFromClient ? this.#requests : this.#responses).skip(bytes);
  }

  onEnd(isFromClient: boolean, timeMs: number): void {
    if (!isFromClient) this.#responses.end(timeMs);
  }

  close(timeMs: number): void {
    this.#responses.end(timeMs);
    this.#isOver = true;
    if (this.#answered !== undefined) this.#emit(this.#answered.pending, this.#answered.timeMs);
    this.#answered = undefined;
    // Asked and never answered, as far as the capture tells.
    for (const pending of this.#pending.splice(0)) this.#emit(pending, undefined);
  }

  #onRequestHead(text: string, timeMs: number): Framing | "stop" {
    const { capture, client, destination } = this.#context;
    const read = readRequestHead(text, "http");
    const common = { id: capture.newId(), timeMs };
    if (isViolation(read)) {
      const raw = Buffer.from(`${text}\r\n\r\n`, "latin1");
      capture.emit({ ...common, raw, client, destination, line: capture.packetNumber });
      return "stop";
    }
    const pending: Pending = {
      ...common,
      packet: capture.packetNumber,
      request: read.head,
      body: new CapturedBody(capture),
      responseBody: new CapturedBody(capture),
      isAsked: false,
    };
    this.#pending.push(pending);
    this.#current = pending;
    return read.framing;
  }

  #onRequestEnd(): void {
    if (this.#current !== undefined) this.#current.isAsked = true;
    if (this.#answered === undefined) return;
    this.#emit(this.#answered.pending, this.#answered.timeMs);
    this.#answered = undefined;
  }

  #onResponseHead(text: string): Framing | "stop" {
    const pending = this.#pending[0];
    if (pending === undefined) return "stop";
    const read = readResponseHead(text, pending.request.method);
    if (isViolation(read)) return "stop";
    const { status } = read;
    if (status >= 100 && status < 200 && status !== 101) return noBody;
    pending.response = { status, headers: read.lines.headers };
    return pending.request.method === "CONNECT" && status < 300 ? noBody : read.framing;
  }

  #onResponseEnd(timeMs: number): void {
    const pending = this.#pending[0];
    if (pending?.response === undefined) return;
    const { response, request } = pending;
    this.#pending.shift();
    const upgrade = headerOf(response.headers, "upgrade")?.toLowerCase();
    if (response.status === 101 && upgrade === "h2c") {
      this.#switchToHttp2(pending);
      return;
    }
    if (pending.isAsked) this.#emit(pending, timeMs, response.status === 101 ? upgrade : undefined);
    else this.#answered = { pending, timeMs };
    if (response.status === 101 || (request.method === "CONNECT" && response.status < 300)) {
      this.#isOver = true;
    }
  }

  /** RFC 7540, 3.2: the answer to the request that asked for the switch comes as stream 1. */
  #switchToHttp2({ id, packet, timeMs, request, body }: Pending): void {
    const next = new Http2Conversation(this.#context, {
      id,
      packet,
      timeMs,
      request: { ...request, ...body.take() },
    });
    const rest = [this.#requests.takeUnread(), this.#responses.takeUnread()];
    this.#requests.stop();
    this.#responses.stop();
    for (const [at, bytes] of rest.entries()) {
      if (bytes.length > 0) next.onBytes(at === 0, bytes, timeMs);
    }
    this.#switchedTo = next;
  }

  #emit(pending: Pending, endMs: number | undefined, upgrade?: string): void {
    const { id, packet, timeMs, request, body, response, responseBody } = pending;
    const { capture, client, destination } = this.#context;
    capture.emit({
      exchange: {
        id,
        timeMs,
        client,
        destination,
        request: { ...request, ...body.take() },
        ...(response === undefined ? {} : { response: { ...response, ...responseBody.take() } }),
        ...(endMs === undefined ? {} : { durationMs: Math.max(0, endMs - timeMs) }),
        ...(upgrade === undefined ? {} : { upgrade }),
      },
      line: packet,
    });
  }
}
