/** Frame types (RFC 9113, 6). */
export const frameType = {
  data: 0,
  headers: 1,
  reset: 3,
  pushPromise: 5,
  continuation: 9,
} as const;

const flag = { endStream: 0x1, endHeaders: 0x4, padded: 0x8, priority: 0x20 } as const;
const frameHeaderBytes = 9;
/** Longest frame; peers agree on 16 KiB unless told otherwise, and 16 MiB at most. */
const frameBytesMax = 1_048_576;
const noBytes: Buffer = Buffer.alloc(0);

export interface Http2Frame {
  readonly type: number;
  readonly stream: number;
  /** Without padding and priority. */
  readonly payload: Buffer;
  readonly isEndOfStream: boolean;
  readonly isEndOfHeaders: boolean;
}

/** Cuts one direction of an HTTP/2 connection into frames. */
export class Http2Frames {
  #unread: Buffer = noBytes;
  #isBroken = false;

  /** A frame that cannot be is one, or breaks the layout of its type. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  *push(bytes: Buffer): Generator<Http2Frame> {
    this.#unread = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes]);
    let at = 0;
    while (!this.#isBroken && this.#unread.length - at >= frameHeaderBytes) {
      const length = this.#unread.readUIntBE(at, 3);
      if (length > frameBytesMax) this.#isBroken = true;
      const end = at + frameHeaderBytes + length;
      if (this.#isBroken || end > this.#unread.length) break;
      const frame = frameOf(this.#unread.subarray(at, end));
      if (frame === undefined) this.#isBroken = true;
      else yield frame;
      at = end;
    }
    // A copy of what waits, so that the chunk it came in can be let go.
    this.#unread = this.#isBroken ? noBytes : Buffer.from(this.#unread.subarray(at));
  }
}

function frameOf(bytes: Buffer): Http2Frame | undefined {
  const type = bytes[3] ?? 0;
  const flags = bytes[4] ?? 0;
  const payload = payloadOf(type, flags, bytes.subarray(frameHeaderBytes));
  if (payload === undefined) return undefined;
  return {
    type,
    stream: bytes.readUInt32BE(5) & 0x7fff_ffff,
    payload,
    isEndOfStream: (flags & flag.endStream) !== 0,
    isEndOfHeaders: (flags & flag.endHeaders) !== 0,
  };
}

function payloadOf(type: number, flags: number, bytes: Buffer): Buffer | undefined {
  const canBePadded =
    type === frameType.data || type === frameType.headers || type === frameType.pushPromise;
  let start = 0;
  let end = bytes.length;
  if (canBePadded && (flags & flag.padded) !== 0) {
    start = 1;
    end -= bytes[0] ?? 0;
  }
  if (type === frameType.headers && (flags & flag.priority) !== 0) start += 5;
  if (type === frameType.pushPromise) start += 4;
  return start > end ? undefined : bytes.subarray(start, end);
}
