/** One packet of a capture file. */
export interface Packet {
  /** Its number in the file, from 1, as capture tools show it. */
  readonly number: number;
  readonly timeMs: number;
  /** The link layer's type (tcpdump.org/linktypes.html). */
  readonly linkType: number;
  /** As far as it was captured. */
  readonly bytes: Buffer;
  /** Bytes that it had on the wire. */
  readonly bytesTotal: number;
}

/** What stopped a capture file from being read on. */
export interface CaptureProblem {
  readonly problem: string;
  readonly number: number;
}

/** Cuts a capture file into packets. */
export interface PacketScanner {
  push(chunk: Buffer): Iterable<Packet | CaptureProblem>;
  end(): Iterable<Packet | CaptureProblem>;
}
