import { segmentOfIp } from "./ip-packet.ts";
import type { PacketSkip, TcpSegment } from "./tcp-segment.ts";

const etherIpv4 = 0x0800;
const etherIpv6 = 0x86dd;
const etherVlans: ReadonlySet<number> = new Set([0x8100, 0x88a8, 0x9100]);
const vlansMax = 4;

/** Where the network layer starts and which it is, by link type (tcpdump.org/linktypes.html). */
type LinkReader = (bytes: Buffer) => TcpSegment | PacketSkip;

const linkReaders: ReadonlyMap<number, LinkReader> = new Map([
  // Loopback of BSD and macOS (null, loop): a family in some byte order, then the packet.
  [0, behind(4)],
  [108, behind(4)],
  [1, (bytes) => ofEtherType(bytes, 12)],
  // Raw IP, as tunnels have it; some systems write 12 or 14 for it.
  [12, behind(0)],
  [14, behind(0)],
  [101, behind(0)],
  [228, behind(0)],
  [229, behind(0)],
  // Linux cooked: what `tcpdump -i any` writes.
  [113, (bytes) => ofEtherType(bytes, 14)],
  [276, (bytes) => ofEtherType(bytes, 0, 20)],
]);

/** The TCP segment in a packet of this link type. */
export function segmentOfPacket(linkType: number, bytes: Buffer): TcpSegment | PacketSkip {
  return linkReaders.get(linkType)?.(bytes) ?? "link-type";
}

function behind(headerBytes: number): LinkReader {
  return (bytes) =>
    bytes.length <= headerBytes ? "malformed" : segmentOfIp(bytes.subarray(headerBytes));
}

function ofEtherType(bytes: Buffer, typeAt: number, start = typeAt + 2): TcpSegment | PacketSkip {
  let at = typeAt;
  let from = start;
  for (let vlans = 0; vlans <= vlansMax; vlans += 1) {
    if (bytes.length < from + 4) return "malformed";
    const type = bytes.readUInt16BE(at);
    if (type === etherIpv4 || type === etherIpv6) return segmentOfIp(bytes.subarray(from));
    if (!etherVlans.has(type)) return "other-protocol";
    // A VLAN tag: two bytes of tag, then the next type.
    at = from + 2;
    from += 4;
  }
  return "other-protocol";
}
