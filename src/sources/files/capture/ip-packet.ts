import { type PacketSkip, type TcpSegment, tcpSegmentOf } from "./tcp-segment.ts";

const tcpProtocol = 6;
const ipv6Extensions: ReadonlySet<number> = new Set([0, 43, 51, 60, 135, 139, 140]);
const ipv6Fragment = 44;
const ipv6AuthenticationHeader = 51;
const extensionsMax = 8;

/** Reads the TCP segment in an IPv4 (RFC 791) or IPv6 (RFC 8200) packet; fragments are not joined. */
export function segmentOfIp(bytes: Buffer): TcpSegment | PacketSkip {
  const version = (bytes[0] ?? 0) >> 4;
  if (version === 4) return segmentOfIpv4(bytes);
  return version === 6 ? segmentOfIpv6(bytes) : "malformed";
}

function segmentOfIpv4(bytes: Buffer): TcpSegment | PacketSkip {
  if (bytes.length < 20) return "malformed";
  const headerBytes = ((bytes[0] ?? 0) & 0x0f) * 4;
  // Segmentation offload leaves zero as the length of what the card will cut.
  const stated = bytes.readUInt16BE(2);
  const end = stated === 0 ? bytes.length : Math.min(stated, bytes.length);
  if (headerBytes < 20 || headerBytes > end) return "malformed";
  if (bytes[9] !== tcpProtocol) return "other-protocol";
  // More fragments, or an offset: not the whole of it.
  if ((bytes.readUInt16BE(6) & 0x3fff) !== 0) return "fragment";
  return tcpSegmentOf(bytes.subarray(headerBytes, end), {
    source: ipv4Of(bytes, 12),
    destination: ipv4Of(bytes, 16),
  });
}

function segmentOfIpv6(bytes: Buffer): TcpSegment | PacketSkip {
  if (bytes.length < 40) return "malformed";
  const stated = bytes.readUInt16BE(4);
  const end = stated === 0 ? bytes.length : Math.min(40 + stated, bytes.length);
  let next = bytes[6] ?? 0;
  let at = 40;
  for (let extensions = 0; next !== tcpProtocol; extensions += 1) {
    if (next === ipv6Fragment) return "fragment";
    if (extensions >= extensionsMax || !ipv6Extensions.has(next)) return "other-protocol";
    if (at + 8 > end) return "malformed";
    const length = extensionBytesOf(next, bytes[at + 1] ?? 0);
    next = bytes[at] ?? 0;
    at += length;
  }
  if (at > end) return "malformed";
  return tcpSegmentOf(bytes.subarray(at, end), {
    source: ipv6Of(bytes, 8),
    destination: ipv6Of(bytes, 24),
  });
}

/** The authentication header counts its length in other units than the rest (RFC 4302, 2.2). */
function extensionBytesOf(type: number, length: number): number {
  return type === ipv6AuthenticationHeader ? (length + 2) * 4 : (length + 1) * 8;
}

function ipv4Of(bytes: Buffer, at: number): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
}

/** The address as RFC 5952 wants it: the longest run of zeros shortened. */
function ipv6Of(bytes: Buffer, at: number): string {
  const groups = Array.from({ length: 8 }, (_, group) => bytes.readUInt16BE(at + group * 2));
  let best = { from: -1, length: 1 };
  for (let from = 0; from < 8; from += 1) {
    let length = 0;
    while (from + length < 8 && groups[from + length] === 0) length += 1;
    if (length > best.length) best = { from, length };
  }
  const text = (part: readonly number[]): string =>
    part.map((group) => group.toString(16)).join(":");
  if (best.from < 0) return text(groups);
  return `${text(groups.slice(0, best.from))}::${text(groups.slice(best.from + best.length))}`;
}
