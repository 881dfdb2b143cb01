import type { Header, HttpRequest, ResponseHead } from "../../../model/exchange.ts";
import { readHttp2Request } from "../../gateway/strict-http2-request.ts";
import { isViolation } from "../../gateway/violation.ts";
import { statusOf } from "../json-value.ts";
import type { Conversation, ConversationContext } from "./capture-context.ts";
import { CapturedBody } from "./captured-body.ts";
import { createHeaderBlockDecoder } from "./header-block-decoder.ts";
import { frameType, type Http2Frame, Http2Frames } from "./http2-frames.ts";

/** What a client sends first (RFC 9113, 3.4). */
export const http2Preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

const streamsMax = 1_024;
const headerBlockBytesMax = 262_144;

interface Asked {
  readonly id: string;
  readonly packet: number;
  readonly timeMs: number;
  readonly request: HttpRequest;
}

interface Stream extends Asked {
  readonly body: CapturedBody;
  readonly responseBody: CapturedBody;
  response?: ResponseHead;
}

interface Half {
  readonly frames: Http2Frames;
  readonly decoder: ReturnType<typeof createHeaderBlockDecoder>;
  /** A header block that goes on in CONTINUATION frames. */
  block: { readonly stream: number; readonly isEnd: boolean; readonly parts: Buffer[] } | undefined;
  blockBytes: number;
}

/** Reads a cleartext HTTP/2 connection from its first byte; header compression allows no later start. */
export class Http2Conversation implements Conversation {
  readonly switchedTo: Conversation | undefined = undefined;
  readonly #context: ConversationContext;
  readonly #client: Half = newHalf();
  readonly #server: Half = newHalf();
  readonly #streams = new Map<number, Stream>();
  #prefaceBytesLeft = http2Preface.length;
  #isOver = false;

  /** `upgraded`: the HTTP/1.1 request that asked for the switch and is answered as stream 1. */
  constructor(context: ConversationContext, upgraded?: Asked) {
    this.#context = context;
    if (upgraded !== undefined) this.#streams.set(1, this.#streamOf(upgraded));
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  onBytes(isFromClient: boolean, bytes: Buffer, timeMs: number): void {
    if (this.#isOver) return;
    const half = isFromClient ? this.#client : this.#server;
    const preface = isFromClient ? Math.min(this.#prefaceBytesLeft, bytes.length) : 0;
    this.#prefaceBytesLeft -= preface;
    for (const frame of half.frames.push(bytes.subarray(preface))) {
      if (!this.#onFrame(isFromClient, half, frame, timeMs)) this.#fail();
      if (this.#isOver) return;
    }
    if (half.frames.isBroken) this.#fail();
  }

  onGap(): boolean {
    return false;
  }

  onEnd(): void {
    // Streams end by themselves.
  }

  close(): void {
    this.#isOver = true;
    for (const stream of this.#streams.values()) this.#emit(stream, undefined);
    this.#streams.clear();
  }

  #fail(): void {
    this.#context.capture.counts.lostConversations += 1;
    this.close();
  }

  #onFrame(isFromClient: boolean, half: Half, frame: Http2Frame, timeMs: number): boolean {
    switch (frame.type) {
      case frameType.headers:
      case frameType.pushPromise:
      case frameType.continuation:
        return this.#onHeaderFrame(isFromClient, half, frame, timeMs);
      case frameType.data: {
        const stream = this.#streams.get(frame.stream);
        (isFromClient ? stream?.body : stream?.responseBody)?.push(frame.payload);
        if (frame.isEndOfStream && !isFromClient) this.#endStream(frame.stream, timeMs);
        return true;
      }
      case frameType.reset:
        this.#endStream(frame.stream, undefined);
        return true;
      default:
        return true;
    }
  }

  /** Every block must be decoded, wanted or not: the next one builds on it. */
  #onHeaderFrame(isFromClient: boolean, half: Half, frame: Http2Frame, timeMs: number): boolean {
    const isStart = frame.type !== frameType.continuation;
    if (isStart !== (half.block === undefined)) return false;
    half.block ??= { stream: frame.stream, isEnd: frame.isEndOfStream, parts: [] };
    half.block.parts.push(Buffer.from(frame.payload));
    half.blockBytes += frame.payload.length;
    if (half.blockBytes > headerBlockBytesMax) return false;
    if (!frame.isEndOfHeaders) return true;
    const { stream, isEnd, parts } = half.block;
    const fields = half.decoder.decode(Buffer.concat(parts));
    half.block = undefined;
    half.blockBytes = 0;
    if (fields === undefined) return false;
    // A pushed request has no answer that we could tell from others; its stream stays unknown.
    if (frame.type === frameType.pushPromise) return true;
    if (isFromClient) this.#onRequestFields(stream, fields, { isEnd, timeMs });
    else this.#onResponseFields(stream, fields, { isEnd, timeMs });
    return true;
  }

  #onRequestFields(
    id: number,
    fields: readonly string[],
    { isEnd, timeMs }: { readonly isEnd: boolean; readonly timeMs: number },
  ): void {
    // Trailers, or more streams than are followed.
    if (this.#streams.has(id) || this.#streams.size >= streamsMax) return;
    const read = readHttp2Request(fields, { hasBody: !isEnd });
    if (isViolation(read)) return;
    const { capture } = this.#context;
    const packet = capture.packetNumber;
    const asked = { id: capture.newId(), packet, timeMs, request: read.head };
    this.#streams.set(id, this.#streamOf(asked));
  }

  #onResponseFields(
    id: number,
    fields: readonly string[],
    { isEnd, timeMs }: { readonly isEnd: boolean; readonly timeMs: number },
  ): void {
    const stream = this.#streams.get(id);
    if (stream === undefined) return;
    const response = responseOf(fields);
    if (response !== undefined && response.status >= 200) stream.response ??= response;
    if (isEnd) this.#endStream(id, timeMs);
  }

  #streamOf(asked: Asked): Stream {
    const { capture } = this.#context;
    return { ...asked, body: new CapturedBody(capture), responseBody: new CapturedBody(capture) };
  }

  #endStream(id: number, timeMs: number | undefined): void {
    const stream = this.#streams.get(id);
    this.#streams.delete(id);
    if (stream !== undefined) this.#emit(stream, timeMs);
  }

  #emit(stream: Stream, endMs: number | undefined): void {
    const { id, packet, timeMs, request, body, response, responseBody } = stream;
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
      },
      line: packet,
    });
  }
}

function newHalf(): Half {
  const decoder = createHeaderBlockDecoder();
  return { frames: new Http2Frames(), decoder, block: undefined, blockBytes: 0 };
}

function responseOf(fields: readonly string[]): ResponseHead | undefined {
  let status: number | undefined;
  const headers: Header[] = [];
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const name = fields[at] ?? "";
    const value = fields[at + 1] ?? "";
    if (name === ":status") status = statusOf(Number(value));
    else if (!name.startsWith(":")) headers.push([name.toLowerCase(), value]);
  }
  return status === undefined ? undefined : { status, headers };
}
