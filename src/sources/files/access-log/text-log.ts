import ipaddr from "ipaddr.js";
import type { LogEntry } from "./log-entry.ts";
import { type LogToken, logTokensOf } from "./log-tokens.ts";
import { addressOf, httpVersionOf, logTimeOf, present, requestLineOf } from "./log-values.ts";

/** Reads a line of words; `undefined` when it is of another format. */
type LineReader = (tokens: readonly LogToken[], line: string) => LogEntry | undefined;

/**
 * Reads a line of an access log in text: AWS load balancers, Envoy and Istio, the common and combined
 * formats of nginx, Apache, Traefik, Kong and API Gateway, and lines made of the same parts in
 * another order. `undefined` when there is no request in it.
 */
export function tryReadTextLog(line: string): LogEntry | undefined {
  const tokens = logTokensOf(line);
  for (const read of readers) {
    const entry = read(tokens, line);
    if (entry !== undefined) return entry;
  }
  return undefined;
}

const listenerKinds: ReadonlySet<string> = new Set(["http", "https", "h2", "grpcs", "ws", "wss"]);

/** AWS Application Load Balancer: `type time elb client:port target:port … "request" "user agent" …`. */
function readLoadBalancerLine(tokens: readonly LogToken[]): LogEntry | undefined {
  const [kind, time] = tokens;
  if (!listenerKinds.has(kind?.text ?? "") || tokens[12]?.kind !== "quoted") return undefined;
  const request = requestLineOf(tokens[12].text);
  const timeMs = logTimeOf(time?.text);
  if (request === undefined || timeMs === undefined) return undefined;
  const textAt = (at: number): string | undefined => present(tokens[at]?.text);
  const seconds = [5, 6, 7].map((at) => Number(textAt(at) ?? Number.NaN));
  return {
    ...request,
    timeMs,
    ...optional("id", rootOf(textAt(17))),
    ...optional("client", addressOf(textAt(3))),
    ...optional("destination", textAt(4)),
    ...optional("status", statusOf(textAt(8))),
    ...optional("userAgent", textAt(13)),
    ...(seconds.every((value) => value >= 0)
      ? { durationMs: seconds.reduce((sum, value) => sum + value, 0) * 1_000 }
      : {}),
  };
}

/** `Root=1-58337262-36d228ad5d99923122bbe354`, maybe with `Self=` before it. */
function rootOf(trace: string | undefined): string | undefined {
  return /(?:^|;)Root=([\w-]{1,64})/.exec(trace ?? "")?.[1];
}

/** Envoy's default and Istio's: `[time] "request" status … "forwarded" "agent" "id" "authority" "upstream"`. */
function readEnvoyLine(tokens: readonly LogToken[]): LogEntry | undefined {
  const [time, line, status] = tokens;
  if (time?.kind !== "bracketed" || line?.kind !== "quoted") return undefined;
  const request = requestLineOf(line.text);
  const timeMs = logTimeOf(time.text);
  const first = fiveQuotedAfter(tokens, 3);
  if (request === undefined || timeMs === undefined || first === undefined) return undefined;
  const [forwarded, agent, id, authority, upstream] = tokens
    .slice(first, first + 5)
    .map(({ text }) => present(text));
  // Envoy writes four numbers before the five texts: received, sent, duration, upstream's time.
  const durationMs = Number(tokens[first - 2]?.text);
  return {
    ...request,
    timeMs,
    ...optional("status", statusOf(status?.text)),
    ...optional("id", id),
    ...optional("client", addressOf(forwarded) ?? addressOf(downstreamOf(tokens, first))),
    ...optional("host", authority),
    ...optional("destination", upstream),
    ...optional("userAgent", agent),
    ...(Number.isFinite(durationMs) ? { durationMs } : {}),
  };
}

/** Istio adds `cluster local downstream-local downstream-remote` behind the texts. */
function downstreamOf(tokens: readonly LogToken[], first: number): string | undefined {
  return present(tokens[first + 8]?.text);
}

function fiveQuotedAfter(tokens: readonly LogToken[], from: number): number | undefined {
  for (let at = from; at + 5 <= tokens.length; at += 1) {
    if (tokens.slice(at, at + 5).every(({ kind }) => kind === "quoted")) return at;
  }
  return undefined;
}

/** Common and combined formats: `[host] client identity user [time] "request" status bytes "referer" "agent" …`. */
function readCombinedLine(tokens: readonly LogToken[], line: string): LogEntry | undefined {
  const timeAt = tokens.findIndex(({ kind }) => kind === "bracketed");
  if (timeAt < 3) return undefined;
  const timeMs = logTimeOf(tokens[timeAt]?.text);
  const request = requestLineOf(tokens[timeAt + 1]?.text ?? "");
  const status = statusOf(tokens[timeAt + 2]?.text);
  if (timeMs === undefined || request === undefined || status === undefined) return undefined;
  const behind = tokens.slice(timeAt + 4);
  // With a virtual host in front the address is the second word.
  const hasHost = timeAt === 4 && !isAddress(tokens[0]?.text) && isAddress(tokens[1]?.text);
  const quoted = behind.filter(({ kind }) => kind === "quoted");
  return {
    ...request,
    timeMs,
    status,
    ...optional("client", addressOf(tokens[hasHost ? 1 : 0]?.text)),
    ...(hasHost ? optional("host", present(tokens[0]?.text)) : {}),
    ...optional("referer", present(quoted[0]?.text)),
    ...optional("userAgent", present(quoted[1]?.text)),
    ...traefikPartsOf(behind),
    ...optional("id", /\bkong_request_id: "([\w-]{1,64})"/.exec(line)?.[1]),
  };
}

/** Traefik adds `count "router" "http://server" 12ms`. */
function traefikPartsOf(behind: readonly LogToken[]): Partial<LogEntry> {
  const server = behind[4];
  const duration = /^(\d{1,9})ms$/.exec(behind[5]?.text ?? "")?.[1];
  if (server?.kind !== "quoted" || duration === undefined) return {};
  const destination = present(server.text.replace(/^https?:\/\//, ""));
  return { durationMs: Number(duration), ...optional("destination", destination) };
}

/** Whatever else has a quoted request line: the status behind it, a time and an address anywhere. */
function readOtherLine(tokens: readonly LogToken[]): LogEntry | undefined {
  const requestAt = tokens.findIndex(
    ({ kind, text }) =>
      kind === "quoted" && httpVersionOf(text.slice(text.lastIndexOf(" ") + 1)) !== undefined,
  );
  const request = requestLineOf(tokens[requestAt]?.text ?? "");
  if (request === undefined) return undefined;
  const status = tokens.slice(requestAt + 1).find(({ text }) => statusOf(text) !== undefined);
  const time = tokens.find(({ text }) => /^\d+\D/.test(text) && logTimeOf(text) !== undefined);
  const client = tokens.find(({ text }) => isAddress(text));
  return {
    ...request,
    ...optional("status", statusOf(status?.text)),
    ...optional("timeMs", logTimeOf(time?.text)),
    ...optional("client", addressOf(client?.text)),
  };
}

const readers: readonly LineReader[] = [
  readLoadBalancerLine,
  readEnvoyLine,
  readCombinedLine,
  readOtherLine,
];

function statusOf(text: string | undefined): number | undefined {
  return text !== undefined && /^[1-9]\d{2}$/.test(text) ? Number(text) : undefined;
}

function isAddress(text: string | undefined): boolean {
  const address = addressOf(text);
  if (address === undefined) return false;
  // A single number is an address to some.
  return ipaddr.IPv4.isValidFourPartDecimal(address) || ipaddr.IPv6.isValid(address);
}

function optional<Key extends string, Value>(
  key: Key,
  value: Value | undefined,
): Partial<Record<Key, Value>> {
  return value === undefined ? {} : ({ [key]: value } as Record<Key, Value>);
}
