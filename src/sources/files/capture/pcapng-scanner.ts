import type { CaptureProblem, Packet, PacketScanner } from "./packet.ts";
import { RecordBuffer } from "./record-buffer.ts";

const blockBytesMax = 16_777_216;
const interfacesMax = 4_096;

const blockType = {
  section: 0x0a0d0d0a,
  interface: 1,
  obsoletePacket: 2,
  simplePacket: 3,
  enhancedPacket: 6,
} as const;

const littleEndianMark = 0x4d3c2b1a;
const bigEndianMark = 0x1a2b3c4d;

interface Interface {
  readonly linkType: number;
  readonly ticksPerSecond: number;
  readonly offsetSeconds: number;
  readonly packetBytesMax: number;
}

/** Whether a file begins as a pcapng file. */
export function isPcapng(head: Buffer): boolean {
  return head.length >= 4 && head.readUInt32BE(0) === blockType.section;
}

/** Reads pcapng files (draft-ietf-opsawg-pcapng), several sections and interfaces included. */
export class PcapngScanner implements PacketScanner {
  readonly #buffer = new RecordBuffer();
  #little = true;
  #interfaces: Interface[] = [];
  #number = 0;
  #isBroken = false;

  *push(chunk: Buffer): Generator<Packet | CaptureProblem> {
    if (this.#isBroken) return;
    this.#buffer.push(chunk);
    while (!this.#isBroken) {
      const length = this.#nextBlockBytes();
      if (length === undefined) return;
      if (length < 12 || length > blockBytesMax || length % 4 !== 0) {
        this.#isBroken = true;
        yield { problem: `a block of ${length} bytes is none`, number: this.#number + 1 };
        return;
      }
      const block = this.#buffer.take(length);
      if (block === undefined) return;
      const packet = this.#readBlock(block);
      if (packet !== undefined) yield packet;
    }
  }

  *end(): Generator<CaptureProblem> {
    if (!this.#isBroken && this.#buffer.bytes > 0) {
      yield { problem: "the capture ends in the middle of a block", number: this.#number + 1 };
    }
  }

  #nextBlockBytes(): number | undefined {
    const start = this.#buffer.peek(12);
    if (start === undefined) return undefined;
    if (start.readUInt32BE(0) === blockType.section) {
      const mark = start.readUInt32BE(8);
      // Each section has its own byte order, told by a mark behind the length.
      if (mark !== littleEndianMark && mark !== bigEndianMark) return 0;
      this.#little = mark === littleEndianMark;
    }
    return this.#uint32(start, 4);
  }

  #readBlock(block: Buffer): Packet | undefined {
    switch (this.#uint32(block, 0)) {
      case blockType.section:
        this.#interfaces = [];
        return undefined;
      case blockType.interface:
        if (this.#interfaces.length < interfacesMax && block.length >= 20)
          this.#interfaces.push(this.#readInterface(block));
        return undefined;
      case blockType.enhancedPacket:
      case blockType.obsoletePacket:
        return this.#readPacket(block);
      case blockType.simplePacket:
        return this.#readSimplePacket(block);
      default:
        return undefined;
    }
  }

  #readInterface(block: Buffer): Interface {
    let ticksPerSecond = 1e6;
    let offsetSeconds = 0;
    for (let at = 16; at + 4 <= block.length - 4; ) {
      const code = this.#uint16(block, at);
      const length = this.#uint16(block, at + 2);
      if (code === 0 || at + 4 + length > block.length - 4) break;
      if (code === 9 && length >= 1) ticksPerSecond = ticksOf(block[at + 4] ?? 6);
      if (code === 14 && length >= 8) offsetSeconds = Number(this.#uint64(block, at + 4));
      at += 4 + Math.ceil(length / 4) * 4;
    }
    return {
      linkType: this.#uint16(block, 8),
      ticksPerSecond,
      offsetSeconds,
      packetBytesMax: this.#uint32(block, 12),
    };
  }

  #readPacket(block: Buffer): Packet | undefined {
    this.#number += 1;
    if (block.length < 32) return undefined;
    const isEnhanced = this.#uint32(block, 0) === blockType.enhancedPacket;
    const index = isEnhanced ? this.#uint32(block, 8) : this.#uint16(block, 8);
    const from = this.#interfaces[index];
    const length = this.#uint32(block, 20);
    if (from === undefined || 28 + length > block.length - 4) return undefined;
    const ticks = this.#uint32(block, 12) * 4_294_967_296 + this.#uint32(block, 16);
    return {
      number: this.#number,
      timeMs: (ticks / from.ticksPerSecond + from.offsetSeconds) * 1_000,
      linkType: from.linkType,
      bytes: block.subarray(28, 28 + length),
      bytesTotal: this.#uint32(block, 24),
    };
  }

  #readSimplePacket(block: Buffer): Packet | undefined {
    this.#number += 1;
    const [from] = this.#interfaces;
    if (from === undefined || block.length < 16) return undefined;
    const bytesTotal = this.#uint32(block, 8);
    const limit = from.packetBytesMax === 0 ? Infinity : from.packetBytesMax;
    const length = Math.min(bytesTotal, limit, block.length - 16);
    const { number, timeMs } = { number: this.#number, timeMs: 0 };
    const bytes = block.subarray(12, 12 + length);
    return { number, timeMs, linkType: from.linkType, bytes, bytesTotal };
  }

  #uint16(bytes: Buffer, at: number): number {
    return this.#little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);
  }

  #uint32(bytes: Buffer, at: number): number {
    return this.#little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  }

  #uint64(bytes: Buffer, at: number): bigint {
    return this.#little ? bytes.readBigInt64LE(at) : bytes.readBigInt64BE(at);
  }
}

/** The option if_tsresol: a power of ten, or of two when the first bit is set. */
function ticksOf(resolution: number): number {
  const power = resolution & 0x7f;
  return resolution & 0x80 ? 2 ** Math.min(power, 63) : 10 ** Math.min(power, 18);
}
