import type { CaptureProblem, Packet, PacketScanner } from "./packet.ts";
import { RecordBuffer } from "./record-buffer.ts";

/** Longest packet; tcpdump's own limit is 256 KiB. */
const packetBytesMax = 16_777_216;
const fileHeaderBytes = 24;
const packetHeaderBytes = 16;

interface FileHeader {
  readonly little: boolean;
  readonly perSecond: number;
  readonly linkType: number;
}

/** Magic numbers as they stand in the file, and what they say. */
const magics: ReadonlyMap<number, { readonly little: boolean; readonly perSecond: number }> =
  new Map([
    [0xa1b2c3d4, { little: false, perSecond: 1e6 }],
    [0xd4c3b2a1, { little: true, perSecond: 1e6 }],
    [0xa1b23c4d, { little: false, perSecond: 1e9 }],
    [0x4d3cb2a1, { little: true, perSecond: 1e9 }],
  ]);

/** Whether a file begins as a pcap file. */
export function isPcap(head: Buffer): boolean {
  return head.length >= 4 && magics.has(head.readUInt32BE(0));
}

/** Reads pcap files (draft-ietf-opsawg-pcap), both byte orders, micro- and nanoseconds. */
export class PcapScanner implements PacketScanner {
  readonly #buffer = new RecordBuffer();
  #header: FileHeader | undefined;
  #number = 0;
  #isBroken = false;

  *push(chunk: Buffer): Generator<Packet | CaptureProblem> {
    if (this.#isBroken) return;
    this.#buffer.push(chunk);
    this.#header ??= this.#readFileHeader();
    if (this.#header === undefined) return;
    for (let next = this.#next(); next !== undefined; next = this.#next()) {
      yield next;
      if (this.#isBroken) return;
    }
  }

  *end(): Generator<CaptureProblem> {
    if (!this.#isBroken && this.#buffer.bytes > 0) {
      yield { problem: "the capture ends in the middle of a packet", number: this.#number + 1 };
    }
  }

  #readFileHeader(): FileHeader | undefined {
    const bytes = this.#buffer.take(fileHeaderBytes);
    if (bytes === undefined) return undefined;
    const magic = magics.get(bytes.readUInt32BE(0)) ?? { little: true, perSecond: 1e6 };
    // The upper bits tell the length of a frame check sequence.
    const linkType = (magic.little ? bytes.readUInt32LE(20) : bytes.readUInt32BE(20)) & 0xffff;
    return { ...magic, linkType };
  }

  #next(): Packet | CaptureProblem | undefined {
    const header = this.#buffer.peek(packetHeaderBytes);
    if (header === undefined || this.#header === undefined) return undefined;
    const { little, perSecond, linkType } = this.#header;
    const field = (at: number): number =>
      little ? header.readUInt32LE(at) : header.readUInt32BE(at);
    const length = field(8);
    const number = this.#number + 1;
    if (length > packetBytesMax) {
      this.#isBroken = true;
      return { problem: `a packet of ${length} bytes is none`, number };
    }
    const timeMs = field(0) * 1_000 + (field(4) * 1_000) / perSecond;
    const bytesTotal = field(12);
    if (this.#buffer.bytes < packetHeaderBytes + length) return undefined;
    this.#buffer.drop(packetHeaderBytes);
    this.#number = number;
    const bytes = this.#buffer.take(length) ?? Buffer.alloc(0);
    return { number, timeMs, linkType, bytes, bytesTotal };
  }
}
