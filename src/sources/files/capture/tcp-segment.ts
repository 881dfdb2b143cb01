/** One TCP segment with the addresses of its packet. */
export interface TcpSegment {
  readonly source: string;
  readonly sourcePort: number;
  readonly destination: string;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly isSyn: boolean;
  readonly isFin: boolean;
  readonly isReset: boolean;
  readonly payload: Buffer;
}

/** Why there is no segment in a packet; the counts of these are told at the end. */
export type PacketSkip = "other-protocol" | "fragment" | "link-type" | "malformed";

/** Reads the TCP header (RFC 9293, 3.1) of an IP packet's payload. */
export function tcpSegmentOf(
  bytes: Buffer,
  addresses: { readonly source: string; readonly destination: string },
): TcpSegment | PacketSkip {
  if (bytes.length < 20) return "malformed";
  const headerBytes = ((bytes[12] ?? 0) >> 4) * 4;
  if (headerBytes < 20 || headerBytes > bytes.length) return "malformed";
  const flags = bytes[13] ?? 0;
  return {
    ...addresses,
    sourcePort: bytes.readUInt16BE(0),
    destinationPort: bytes.readUInt16BE(2),
    sequence: bytes.readUInt32BE(4),
    isFin: (flags & 0x01) !== 0,
    isSyn: (flags & 0x02) !== 0,
    isReset: (flags & 0x04) !== 0,
    payload: bytes.subarray(headerBytes),
  };
}
