/** Gets the bytes of one direction of a connection in order. */
export interface StreamSink {
  onBytes(bytes: Buffer, timeMs: number): void;
  /** So many bytes were sent and not captured. */
  onGap(bytes: number): void;
  /** Everything up to the sender's FIN was handed over. */
  onEnd(timeMs: number): void;
}

/** Segments and bytes of one direction that wait for an earlier one. */
const waitingSegmentsMax = 256;
const waitingBytesMax = 1_048_576;

interface Waiting {
  readonly sequence: number;
  readonly bytes: Buffer;
}

/**
 * Puts the segments of one direction in order: what was sent twice counts once, what comes early
 * waits, and when too much waits for it a missing piece is given up as a gap. Sequence numbers are
 * compared modulo 2^32 (RFC 9293, 3.4).
 */
export class TcpStream {
  readonly #sink: StreamSink;
  #next: number | undefined;
  #started: number | undefined;
  #endsAt: number | undefined;
  #isEnded = false;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;

  constructor(sink: StreamSink) {
    this.#sink = sink;
  }

  /** The sequence number of a SYN: the first byte has the next one. */
  start(sequence: number): void {
    this.#started ??= sequence;
    this.#next ??= (sequence + 1) >>> 0;
  }

  /** A repeated SYN has the number of the first. */
  isStartedOtherThan(sequence: number): boolean {
    return this.#next !== undefined && this.#started !== sequence;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** The FIN stands behind the byte before this sequence number. */
  endAt(sequence: number, timeMs: number): void {
    this.#next ??= sequence;
    this.#endsAt = sequence;
    this.#checkEnd(timeMs);
  }

  push(sequence: number, bytes: Buffer, timeMs: number): void {
    if (bytes.length === 0 || this.#isEnded) return;
    this.#next ??= sequence;
    const ahead = distance(this.#next, sequence);
    if (ahead > 0) {
      this.#wait({ sequence, bytes });
      if (this.#waiting.length <= waitingSegmentsMax && this.#waitingBytes <= waitingBytesMax)
        return;
      this.#skipGap(timeMs);
      return;
    }
    this.#deliver(bytes, -ahead, timeMs);
    this.#deliverWaiting(timeMs);
    this.#checkEnd(timeMs);
  }

  /** No further segment comes: what waits is handed over with its gaps. */
  finish(timeMs: number): void {
    while (this.#waiting.length > 0) this.#skipGap(timeMs);
    this.#checkEnd(timeMs);
  }

  #checkEnd(timeMs: number): void {
    if (this.#isEnded || this.#endsAt === undefined || this.#endsAt !== this.#next) return;
    this.#isEnded = true;
    this.#sink.onEnd(timeMs);
  }

  #deliver(bytes: Buffer, known: number, timeMs: number): void {
    if (known >= bytes.length) return;
    const fresh = known === 0 ? bytes : bytes.subarray(known);
    this.#next = ((this.#next ?? 0) + fresh.length) >>> 0;
    this.#sink.onBytes(fresh, timeMs);
  }

  #wait(segment: Waiting): void {
    const next = this.#next ?? 0;
    const ahead = distance(next, segment.sequence);
    let at = this.#waiting.length;
    while (at > 0 && distance(next, this.#waiting[at - 1]?.sequence ?? 0) > ahead) at -= 1;
    // A copy: the packet's bytes are part of a larger piece of the file.
    const bytes = Buffer.from(segment.bytes);
    this.#waiting.splice(at, 0, { sequence: segment.sequence, bytes });
    this.#waitingBytes += bytes.length;
  }

  #deliverWaiting(timeMs: number): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const ahead = distance(this.#next ?? 0, first.sequence);
      if (ahead > 0) return;
      this.#waiting.shift();
      this.#waitingBytes -= first.bytes.length;
      this.#deliver(first.bytes, -ahead, timeMs);
    }
  }

  #skipGap(timeMs: number): void {
    const first = this.#waiting[0];
    if (first === undefined) return;
    this.#sink.onGap(distance(this.#next ?? 0, first.sequence));
    this.#next = first.sequence;
    this.#deliverWaiting(timeMs);
  }
}

/** How far `to` is ahead of `from`, negative when it is behind. */
function distance(from: number, to: number): number {
  return (to - from) | 0;
}
