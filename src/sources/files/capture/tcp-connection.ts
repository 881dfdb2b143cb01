import type { CaptureContext, Conversation, ConversationContext } from "./capture-context.ts";
import { Http1Conversation } from "./http1-conversation.ts";
import { Http2Conversation, http2Preface } from "./http2-conversation.ts";
import type { TcpSegment } from "./tcp-segment.ts";
import { TcpStream } from "./tcp-stream.ts";

type Guess = "http1" | "http2" | "tls" | "other" | "more";

/** One TCP connection in a capture: both directions put in order, and what they speak. */
export class TcpConnection {
  readonly #capture: CaptureContext;
  /** The end that sent the first packet seen. */
  readonly #first: { readonly address: string; readonly port: number };
  readonly #second: { readonly address: string; readonly port: number };
  readonly #streams: { readonly first: TcpStream; readonly second: TcpStream };
  readonly #sawStart: boolean;
  /** Which end asks, once that is known. */
  #isFirstClient: boolean | undefined;
  #conversation: Conversation | undefined;
  #isIgnored = false;
  /** First bytes of a direction, as long as it is not clear who asks and how. */
  readonly #held = new Map<boolean, Buffer>();

  constructor(capture: CaptureContext, segment: TcpSegment) {
    this.#capture = capture;
    this.#first = { address: segment.source, port: segment.sourcePort };
    this.#second = { address: segment.destination, port: segment.destinationPort };
    this.#sawStart = segment.isSyn;
    this.#streams = { first: this.#streamOf(true), second: this.#streamOf(false) };
  }

  /** Takes a segment; true when the connection is over. */
  push(segment: TcpSegment, timeMs: number): boolean {
    const isFirst =
      segment.source === this.#first.address && segment.sourcePort === this.#first.port;
    const stream = isFirst ? this.#streams.first : this.#streams.second;
    const { sequence, payload, isSyn, isFin, isReset } = segment;
    if (isSyn) stream.start(sequence);
    const from = isSyn ? (sequence + 1) >>> 0 : sequence;
    if (!this.#isIgnored) stream.push(from, payload, timeMs);
    if (isFin) stream.endAt((from + payload.length) >>> 0, timeMs);
    const { first, second } = this.#streams;
    return isReset || (first.isEnded && second.isEnded);
  }

  /** Whether a segment opens another connection between the same ports. */
  isSucceededBy({ isSyn, source, sourcePort, sequence }: TcpSegment): boolean {
    const isFirst = source === this.#first.address && sourcePort === this.#first.port;
    const stream = isFirst ? this.#streams.first : this.#streams.second;
    return isSyn && stream.isStartedOtherThan(sequence);
  }

  close(timeMs: number): void {
    if (this.#isIgnored) return;
    this.#streams.first.finish(timeMs);
    this.#streams.second.finish(timeMs);
    this.#conversation?.close(timeMs);
    this.#isIgnored = true;
  }

  #streamOf(isFirst: boolean): TcpStream {
    return new TcpStream({
      onBytes: (bytes, timeMs) => this.#onBytes(isFirst, bytes, timeMs),
      onGap: (bytes) => this.#onGap(isFirst, bytes),
      onEnd: (timeMs) => this.#conversation?.onEnd(isFirst === this.#isFirstClient, timeMs),
    });
  }

  #onBytes(isFirst: boolean, bytes: Buffer, timeMs: number): void {
    if (this.#isIgnored) return;
    const isFromClient = isFirst === this.#isFirstClient;
    if (this.#conversation === undefined) {
      this.#decide(isFirst, bytes, timeMs);
      return;
    }
    this.#conversation.onBytes(isFromClient, bytes, timeMs);
    this.#conversation = this.#conversation.switchedTo ?? this.#conversation;
    if (this.#conversation.isOver) {
      this.#conversation.close(timeMs);
      this.#isIgnored = true;
    }
  }

  #onGap(isFirst: boolean, bytes: number): void {
    const { counts } = this.#capture;
    counts.gaps += 1;
    counts.gapBytes += bytes;
    this.#held.clear();
    const isFromClient = isFirst === this.#isFirstClient;
    if (this.#conversation === undefined || this.#conversation.onGap(isFromClient, bytes)) return;
    // A later message may begin with a packet of its own: HTTP/1.1 is looked for again.
    counts.lostConversations += 1;
    this.#conversation.close(0);
    this.#conversation = undefined;
  }

  #decide(isFirst: boolean, bytes: Buffer, timeMs: number): void {
    const held = this.#held.get(isFirst);
    const all = held === undefined ? bytes : Buffer.concat([held, bytes]);
    const { guess, isFromClient } = guessOf(all);
    if (guess === "tls" || (guess === "other" && this.#isHopeless(isFirst, all))) {
      this.#ignore(guess);
      return;
    }
    const isQuestion = isFromClient && (guess === "http1" || guess === "http2");
    if (isQuestion) {
      this.#begin(isFirst, guess);
      const early = this.#held.get(!isFirst);
      this.#held.clear();
      this.#onBytes(isFirst, all, timeMs);
      if (early !== undefined) this.#onBytes(!isFirst, early, timeMs);
      return;
    }
    // In the middle of something the next packet may begin a message. From the start on nothing is
    // let go: a server may speak first, as in HTTP/2, or its packet may come early.
    if (guess === "more" || this.#sawStart) this.#held.set(isFirst, Buffer.from(all));
    else this.#held.delete(isFirst);
  }

  /** Whether both ends spoke from the start on, or one for long, and neither made sense. */
  #isHopeless(isFirst: boolean, bytes: Buffer): boolean {
    if (!this.#sawStart) return false;
    const other = this.#held.get(!isFirst);
    const isOther = other !== undefined && guessOf(other).guess === "other";
    return isOther || bytes.length > heldBytesMax;
  }

  #begin(isFirst: boolean, guess: "http1" | "http2"): void {
    this.#isFirstClient = isFirst;
    const context = this.#contextOf(isFirst);
    this.#conversation =
      guess === "http2" ? new Http2Conversation(context) : new Http1Conversation(context);
  }

  #ignore(guess: "tls" | "other"): void {
    if (guess === "tls") this.#capture.counts.encryptedConnections += 1;
    else this.#capture.counts.otherConnections += 1;
    this.#isIgnored = true;
  }

  #contextOf(isFirstClient: boolean): ConversationContext {
    const client = isFirstClient ? this.#first : this.#second;
    const server = isFirstClient ? this.#second : this.#first;
    const host = server.address.includes(":") ? `[${server.address}]` : server.address;
    return {
      capture: this.#capture,
      client: client.address,
      destination: `${host}:${server.port}`,
    };
  }
}

/** Bytes of one end that wait for the other to say what they are. */
const heldBytesMax = 65_536;
/** Bytes after which a beginning is no request line of any length worth reading. */
const guessBytesMax = 40;

function guessOf(bytes: Buffer): { readonly guess: Guess; readonly isFromClient: boolean } {
  const text = bytes.toString("latin1", 0, guessBytesMax).replace(/^(?:\r?\n)+/, "");
  if (text.startsWith(http2Preface.slice(0, 16))) return { guess: "http2", isFromClient: true };
  if (text.startsWith("HTTP/1.")) return { guess: "http1", isFromClient: false };
  if (text.startsWith("\x16\x03")) return { guess: "tls", isFromClient: true };
  const isShort = bytes.length < guessBytesMax;
  if (isShort && http2Preface.startsWith(text)) return { guess: "more", isFromClient: true };
  if (requestStart.test(text)) return { guess: "http1", isFromClient: true };
  const isMore = isShort && unfinishedStart.test(text);
  return { guess: isMore ? "more" : "other", isFromClient: true };
}

/** A method, and what a target of RFC 9112, 3.2 begins with. */
const requestStart = /^[A-Za-z][A-Za-z-]{0,31} (?:\/|\*|https?:|[\w.-]{1,64}:\d)/;
const unfinishedStart = /^(?:[A-Za-z][A-Za-z-]{0,31}(?: [\w.-]*)?|\x16|H|HT|HTT|HTTP\/?1?)?$/;
