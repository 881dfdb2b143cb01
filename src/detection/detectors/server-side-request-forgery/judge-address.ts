import type { Confidence } from "../../../model/detection.ts";
import type { Field } from "../../../model/field.ts";
import { addressOf } from "./address-notation.ts";
import {
  type HostKind,
  isRebindingName,
  isScannerName,
  kindOfAddress,
  kindOfName,
} from "./host-table.ts";
import type { WebAddress } from "./web-address.ts";

/** How suspicious an address is as the target of a request that the server makes. */
export interface AddressSign {
  readonly confidence: Confidence;
  readonly what: string;
}

/** Judges scheme and host; undefined for an address that any webhook may have. */
export function judgeAddress(
  field: Field,
  address: WebAddress,
  isWhole: boolean,
): AddressSign | undefined {
  const scheme = schemeSign(address, isWhole);
  const host = hostSign(field, address, isWhole);
  if (scheme === undefined || host === undefined)
    return scheme ?? host ?? trickSign(address, isWhole);
  return rank[host.confidence] > rank[scheme.confidence] ? host : scheme;
}

const rank = { low: 1, medium: 2, high: 3 } as const;

/** Schemes with which a client library speaks other protocols, byte by byte. */
const rawSchemes: ReadonlyMap<string, Confidence> = new Map([
  ["gopher", "high"],
  ["dict", "high"],
  ["netdoc", "high"],
  ["tftp", "medium"],
  ["ldap", "low"],
  ["ldaps", "low"],
  ["telnet", "low"],
  ["imap", "low"],
  ["smtp", "low"],
]);

function schemeSign({ scheme }: WebAddress, isWhole: boolean): AddressSign | undefined {
  const confidence = rawSchemes.get(scheme);
  if (confidence === undefined) return undefined;
  return {
    confidence: isWhole ? confidence : "low",
    what: `the scheme "${scheme}", with which it sends bytes of the client's choice`,
  };
}

const kinds: Readonly<Record<HostKind, string>> = {
  metadata: "the service that hands out the machine's credentials",
  "link-local": "an address of the local network segment",
  loopback: "the server itself",
  private: "an address of the inner network",
  public: "a public host",
};

function hostSign(field: Field, address: WebAddress, isWhole: boolean): AddressSign | undefined {
  const host = percentPlain(address.host);
  const parsed = addressOf(host);
  if (parsed === undefined) return nameSign(field, address, host, isWhole);
  const kind = kindOfAddress(parsed);
  const what = `${kinds[kind]} (${host})`;
  if (parsed.isDisguised) {
    const isPlainIpv6 = parsed.ipv6 !== undefined && kind === "public";
    if (isPlainIpv6) return undefined;
    const confidence = kind === "public" ? "medium" : "high";
    return {
      confidence: isWhole || kind === "metadata" ? confidence : "medium",
      what: `${what}, written so that filters do not know it`,
    };
  }
  if (kind === "public")
    return isWhole && asksForScript(address)
      ? { confidence: "medium", what: `a script at a bare address (${host})` }
      : undefined;
  return { confidence: kindConfidence(field, kind, isWhole), what };
}

function nameSign(
  field: Field,
  address: WebAddress,
  host: string,
  isWhole: boolean,
): AddressSign | undefined {
  const name = host.endsWith(".") ? host.slice(0, -1) : host.normalize("NFKC").toLowerCase();
  if (isRebindingName(name))
    return {
      confidence: isWhole ? "high" : "medium",
      what: `"${name}", a public name for an inner address`,
    };
  if (isScannerName(name))
    return {
      confidence: isWhole ? "high" : "medium",
      what: `"${name}", where scanners wait for calls`,
    };
  const kind = kindOfName(name);
  const isDisguised = name !== address.host && kind !== "public";
  if (kind === "public") return undefined;
  if (!isDisguised && isDevelopmentServer(field, name, address)) {
    return { confidence: "low", what: `${kinds[kind]} ("${name}")` };
  }
  const confidence = isDisguised ? "high" : nameConfidence(field, kind, isWhole);
  return { confidence, what: `${kinds[kind]} ("${name}")` };
}

/** Ports of databases, caches and agents, which speak to whoever reaches them. */
const servicePorts: ReadonlySet<number> = new Set([
  1433, 1521, 2049, 2181, 2375, 2376, 2379, 3306, 4369, 5000, 5432, 5984, 6379, 6443, 7001, 8500,
  9000, 9200, 9300, 10250, 10255, 11211, 15672, 27017, 50070,
]);
const unprivilegedPortMin = 1024;

/** Paths of what only a machine's own administrators are to reach. */
const innerPaths: readonly string[] = [
  "admin",
  "actuator",
  "manage",
  "console",
  "debug",
  "internal",
  "server-status",
  "private",
  "secret",
  "flag",
  "config",
  "shell",
  "exec",
  "/.env",
  "/.git",
];

/**
 * `http://localhost:9090/metrics` in a JSON body: what developers and agents on one machine
 * configure. Ports of well-known services and pages of administrators stay suspicious.
 */
function isDevelopmentServer(
  { location, name, value }: Field,
  host: string,
  { start, end, tricks, rest }: WebAddress,
): boolean {
  if (location !== "body" || !name.startsWith("$.") || host !== "localhost") return false;
  const port = portOf(value.slice(start, end), host);
  if (tricks.length > 0 || port < unprivilegedPortMin || servicePorts.has(port)) return false;
  const path = rest.toLowerCase();
  return !innerPaths.some((part) => path.includes(part));
}

/** 0 when no port is written behind the host. */
function portOf(text: string, host: string): number {
  const at = text.toLowerCase().indexOf(`${host}:`);
  if (at < 0) return 0;
  const port = Number.parseInt(text.slice(at + host.length + 1, at + host.length + 7), 10);
  return Number.isNaN(port) ? 0 : port;
}

/** Names of an inner network are what administrators configure; what they resolve to is not known. */
function nameConfidence(field: Field, kind: HostKind, isWhole: boolean): Confidence {
  return kind === "private" ? "low" : kindConfidence(field, kind, isWhole);
}

/** Names of fields whose address the browser follows, not the server. */
const browserNames: readonly string[] = [
  "redirect",
  "callback",
  "return",
  "origin",
  "referer",
  "referrer",
  "cors",
  "logout",
  "success",
  "cancel",
  "next",
  "continue",
  "homepage",
  // OpenAPI documents list the servers of developers.
  "servers[",
];

function kindConfidence(field: Field, kind: HostKind, isWhole: boolean): Confidence {
  if (kind === "metadata") return isWhole ? "high" : "medium";
  if (!isWhole || isBrowserField(field)) return "low";
  return kind === "link-local" ? "high" : "medium";
}

function isBrowserField({ name, location }: Field): boolean {
  const lower = name.toLowerCase();
  if (location === "header" && (lower.startsWith("x-forwarded") || lower === "host")) return true;
  return browserNames.some((part) => lower.includes(part));
}

const scriptEndings: readonly string[] = [
  ".php",
  ".txt",
  ".jsp",
  ".asp",
  ".aspx",
  ".sh",
  ".exe",
  ".dtd",
  ".py",
  ".pl",
  ".jpg?",
  ".txt?",
  ".php?",
];

function asksForScript({ rest }: WebAddress): boolean {
  const path = rest.toLowerCase();
  return scriptEndings.some((ending) => path.endsWith(ending));
}

/** `http://trusted.example@evil.example`: a reader takes the first name for the host. */
function trickSign(
  { tricks, userinfo, host, scheme }: WebAddress,
  isWhole: boolean,
): AddressSign | undefined {
  if (!isWhole || scheme === "") return undefined;
  const [trick] = tricks;
  if (trick !== undefined && host.includes(".")) {
    return { confidence: "medium", what: `a host that parsers disagree about, through ${trick}` };
  }
  const isHostLike = userinfo.includes(".") && !userinfo.includes(":") && scheme.startsWith("http");
  return isHostLike
    ? { confidence: "medium", what: `"${host}", behind a name that only looks like the host` }
    : undefined;
}

/** Hosts are decoded once more by most clients. */
function percentPlain(host: string): string {
  if (!host.includes("%") || host.startsWith("[")) return host;
  try {
    return decodeURIComponent(host).toLowerCase();
  } catch {
    return host;
  }
}
