import type { BodyReader } from "../../gateway/body-reader.ts";
import { createBodyReader } from "../../gateway/create-body-reader.ts";
import type { Framing } from "../../gateway/framing.ts";

const headBytesMax = 262_144;
/** Longest gap that is stepped over. */
const gapBytesMax = 16_777_216;
const noBytes: Buffer = Buffer.alloc(0);

/** What is done with the messages of one direction. */
export interface MessageHandler {
  /** A head without its empty line, as Latin-1; the framing of its body, or `stop` to read no further. */
  onHead(text: string, timeMs: number): Framing | "stop";
  onBodyBytes(bytes: Buffer): void;
  onBodyGap(bytes: number): void;
  onMessageEnd(timeMs: number): void;
  /** False to leave bytes unread for now. */
  isReady(): boolean;
}

/** Cuts one direction of an HTTP/1.x connection into messages. */
export class MessageHalf {
  readonly #handler: MessageHandler;
  #unread: Buffer = noBytes;
  #reader: BodyReader | undefined;
  #isChunked = false;
  #isInGap = false;
  #timeMs = 0;
  #isStopped = false;

  constructor(handler: MessageHandler) {
    this.#handler = handler;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  /** What is left when the connection was switched to another protocol. */
  takeUnread(): Buffer {
    const unread = this.#unread;
    this.#unread = noBytes;
    return unread;
  }

  push(bytes: Buffer, timeMs: number): void {
    if (this.#isStopped) return;
    this.#timeMs = timeMs;
    this.#unread = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes]);
    this.resume();
  }

  /** Reads on from what was left unread. */
  resume(): void {
    while (!this.#isStopped && this.#unread.length > 0) {
      const wasRead = this.#reader === undefined ? this.#readHead() : this.#readBody(this.#reader);
      if (!wasRead) break;
    }
    // A copy of what waits, so that the chunk it came in can be let go.
    if (this.#unread.length > 0) this.#unread = Buffer.from(this.#unread);
    if (this.#unread.length > headBytesMax) this.#isStopped = true;
  }

  /** Steps over missing bytes if they can only be bytes of a body whose end is known without them. */
  skip(bytes: number): boolean {
    if (this.#reader === undefined || this.#isChunked || this.#unread.length > 0) return false;
    if (bytes > gapBytesMax) return false;
    this.#isInGap = true;
    const taken = this.#reader.push(Buffer.alloc(bytes));
    this.#isInGap = false;
    if (taken !== bytes) return false;
    this.#finishBody();
    return true;
  }

  /** The sender is done: a body that lasts until then is complete. */
  end(timeMs: number): void {
    this.#timeMs = timeMs;
    if (this.#reader?.isUntilClose !== true) return;
    this.#reader = undefined;
    this.#handler.onMessageEnd(timeMs);
  }

  stop(): void {
    this.#isStopped = true;
    this.#unread = noBytes;
  }

  #readHead(): boolean {
    if (!this.#handler.isReady()) return false;
    // RFC 9112, 2.2: empty lines before a message are skipped.
    while (this.#unread[0] === 0x0d || this.#unread[0] === 0x0a)
      this.#unread = this.#unread.subarray(1);
    const end = this.#unread.indexOf("\r\n\r\n");
    if (end < 0) return false;
    const text = this.#unread.toString("latin1", 0, end);
    this.#unread = this.#unread.subarray(end + 4);
    const framing = this.#handler.onHead(text, this.#timeMs);
    if (framing === "stop") this.#isStopped = true;
    else if (framing.kind === "none") this.#handler.onMessageEnd(this.#timeMs);
    else this.#reader = this.#readerFor(framing);
    return true;
  }

  #readerFor(framing: Framing): BodyReader {
    this.#isChunked = framing.kind === "chunked";
    return createBodyReader(framing, {
      onBodyBytes: (bytes) => {
        if (this.#isInGap) this.#handler.onBodyGap(bytes.length);
        else this.#handler.onBodyBytes(bytes);
      },
      onBodyEnd: () => undefined,
    });
  }

  #readBody(reader: BodyReader): boolean {
    const taken = reader.push(this.#unread);
    if (typeof taken !== "number") {
      this.stop();
      return false;
    }
    this.#unread = this.#unread.subarray(taken);
    this.#finishBody();
    return true;
  }

  #finishBody(): void {
    if (this.#reader?.isDone !== true) return;
    this.#reader = undefined;
    this.#handler.onMessageEnd(this.#timeMs);
  }
}
