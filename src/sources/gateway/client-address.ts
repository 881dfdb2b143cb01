import ipaddr from "ipaddr.js";
import type { Header } from "../../model/exchange.ts";

/** Entries of X-Forwarded-For that are looked at, from the nearest; more is nobody's proxy chain. */
const HOPS_MAX = 32;

type IsTrusted = (address: string) => boolean;

/** Whether an address lies in one of the networks; compiled once. */
export function createTrust(networks: readonly string[]): IsTrusted {
  const ranges = networks.map((network) => {
    if (network.includes("/")) return ipaddr.parseCIDR(network);
    const address = ipaddr.parse(network);
    return [address, address.kind() === "ipv4" ? 32 : 128] as [ipaddr.IPv4 | ipaddr.IPv6, number];
  });
  return (text) => {
    if (ranges.length === 0 || !ipaddr.isValid(text)) return false;
    const address = ipaddr.process(text);
    return ranges.some(
      ([network, bits]) =>
        network.kind() === address.kind() && address.match([network, bits] as never),
    );
  };
}

/** The nearest address that is not one of our proxies. */
export function clientAddressOf(
  peer: string,
  headers: readonly Header[],
  isTrusted: IsTrusted,
): string {
  const hops = hopsOf(headers);
  let client = peer;
  for (let index = hops.length - 1; index >= Math.max(0, hops.length - HOPS_MAX); index -= 1) {
    if (!isTrusted(client)) return client;
    const hop = addressOf(hops[index] ?? "");
    // Beyond something unreadable nothing can be believed.
    if (hop === undefined) return client;
    client = hop;
  }
  return client;
}

/** `::ffff:10.0.0.1` as `10.0.0.1`: one client, one address. */
export function plainAddressOf(address: string): string {
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}

function hopsOf(headers: readonly Header[]): string[] {
  const forwardedFor = listOf(headers, "x-forwarded-for");
  if (forwardedFor.length > 0) return forwardedFor;
  return listOf(headers, "forwarded").flatMap((element) => {
    const pair = element.split(";").find((part) => /^\s*for=/i.test(part));
    return pair === undefined ? [] : [pair.slice(pair.indexOf("=") + 1)];
  });
}

function listOf(headers: readonly Header[], name: string): string[] {
  return headers.flatMap(([key, value]) => (key === name ? value.split(",") : []));
}

/** `"[2001:db8::1]:4711"` and `192.0.2.1:4711` without quotes, brackets and port. */
function addressOf(hop: string): string | undefined {
  const text = hop.trim().replace(/^"|"$/g, "");
  const bracketed = /^\[([^\]]*)\](?::[0-9]+)?$/.exec(text)?.[1];
  const bare = bracketed ?? (text.split(":").length === 2 ? text.split(":")[0] : text) ?? "";
  return ipaddr.isValid(bare) && (bare.includes(":") || ipaddr.IPv4.isValidFourPartDecimal(bare))
    ? ipaddr.process(bare).toString()
    : undefined;
}
