import type { Address } from "./address-notation.ts";

/** What a server reaches at a host. */
export type HostKind = "metadata" | "link-local" | "loopback" | "private" | "public";

/** Names of services that hand out credentials to whoever runs on the machine. */
const metadataNames: ReadonlySet<string> = new Set(
  "metadata.google.internal metadata instance-data metadata.tencentyun.com metadata.packet.net kubernetes.default kubernetes.default.svc kubernetes.default.svc.cluster.local instance-data.ec2.internal metadata.azure.internal rancher-metadata".split(
    " ",
  ),
);

const loopbackNames: ReadonlySet<string> = new Set(
  "localhost localhost.localdomain localhost4 localhost6 localhost4.localdomain4 localhost6.localdomain6 ip6-localhost ip6-loopback ipv6-localhost loopback host.docker.internal gateway.docker.internal kubernetes.docker.internal host.containers.internal docker.for.mac.localhost".split(
    " ",
  ),
);

/** Public names that resolve to an address on the inside, or to one that changes. */
const rebindingNames: readonly string[] = [
  "nip.io",
  "sslip.io",
  "xip.io",
  "localtest.me",
  "lvh.me",
  "vcap.me",
  "lacolhost.com",
  "rbndr.us",
  "1u.ms",
  "yoogle.com",
  "ulh.us",
  "r3dir.me",
  "dnsrebind.it",
  "spoofed.burpcollaborator.net",
  "bugbounty.dod.network",
  "127-0-0-1.org.uk",
];

/** Hosts of scanners, which tell whether a server called them. */
export const scannerNames: readonly string[] = [
  "burpcollaborator.net",
  "oastify.com",
  "interact.sh",
  "oast.pro",
  "oast.live",
  "oast.site",
  "oast.online",
  "oast.fun",
  "oast.me",
  "bxss.me",
  "dnslog.cn",
  "ceye.io",
  "vulnweb.com",
  "r87.me",
];

const privateEndings: readonly string[] = [
  ".internal",
  ".local",
  ".localdomain",
  ".svc",
  ".consul",
  ".corp",
  ".intranet",
];

export function kindOfName(name: string): HostKind {
  if (metadataNames.has(name)) return "metadata";
  if (loopbackNames.has(name) || name.endsWith(".localhost")) return "loopback";
  return privateEndings.some((ending) => name.endsWith(ending)) ? "private" : "public";
}

export function isRebindingName(name: string): boolean {
  return isBelow(name, rebindingNames);
}

export function isScannerName(name: string): boolean {
  return isBelow(name, scannerNames);
}

function isBelow(name: string, zones: readonly string[]): boolean {
  return zones.some((zone) => name === zone || name.endsWith(`.${zone}`));
}

export function kindOfAddress({ ipv4, ipv6 }: Address): HostKind {
  if (ipv4 !== undefined) return kindOfIpv4(ipv4);
  const [first = 0] = ipv6 ?? [];
  const isLow = ipv6?.slice(0, 7).every((group) => group === 0) === true;
  if (isLow && (ipv6?.[7] ?? 2) < 2) return "loopback";
  if (first === 0xfd00 && ipv6?.[1] === 0xec2) return "metadata";
  if ((first & 0xffc0) === 0xfe80) return "link-local";
  return (first & 0xfe00) === 0xfc00 ? "private" : "public";
}

/** AWS, Google, Azure, DigitalOcean and others; tasks of AWS; Alibaba; Oracle; Azure's wire server. */
const metadataAddresses: ReadonlySet<number> = new Set([
  ipv4Of(169, 254, 169, 254),
  ipv4Of(169, 254, 170, 2),
  ipv4Of(100, 100, 100, 200),
  ipv4Of(192, 0, 0, 192),
  ipv4Of(168, 63, 129, 16),
]);

function kindOfIpv4(address: number): HostKind {
  if (metadataAddresses.has(address)) return "metadata";
  const first = Math.floor(address / 2 ** 24);
  const second = Math.floor(address / 65_536) % 256;
  if (first === 127 || first === 0) return "loopback";
  if (first === 169 && second === 254) return "link-local";
  const isPrivate =
    first === 10 ||
    (first === 172 && second >= 16 && second < 32) ||
    (first === 192 && second === 168) ||
    (first === 100 && second >= 64 && second < 128);
  return isPrivate ? "private" : "public";
}

function ipv4Of(a: number, b: number, c: number, d: number): number {
  return ((a * 256 + b) * 256 + c) * 256 + d;
}
