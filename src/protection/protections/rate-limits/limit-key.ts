import ipaddr from "ipaddr.js";
import { type Header, headerOf } from "../../../model/exchange.ts";
import type { ExchangeContext } from "../../protection.ts";

type Reader = (context: ExchangeContext) => string | undefined;

const simpleParts: Readonly<Record<string, Reader>> = {
  client: ({ client }) => networkOf(client, 32, 64),
  network: ({ client }) => networkOf(client, 24, 48),
  principal: ({ principal }) =>
    principal === undefined ? undefined : `${principal.kind} ${principal.id}`,
  "api-key": ({ principal }) => (principal?.kind === "api-key" ? principal.id : undefined),
  endpoint: ({ endpoint, request }) => endpoint?.id ?? `unknown ${request.method}`,
  host: ({ request }) => request.authority.toLowerCase(),
  method: ({ request }) => request.method,
  everyone: () => "",
};

const named: Readonly<Record<string, (name: string) => Reader>> = {
  header:
    (name) =>
    ({ request }) =>
      headerOf(request.headers, name.toLowerCase()),
  cookie:
    (name) =>
    ({ request }) =>
      cookieOf(request.headers, name),
  query:
    (name) =>
    ({ request }) =>
      new URLSearchParams(request.query).get(name) ?? undefined,
  claim:
    (name) =>
    ({ principal }) => {
      const value = principal?.claims?.[name];
      return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
    },
};

/** Whether a limit can be by this: `client`, `header:x-tenant`. */
export function isKeyPart(part: string): boolean {
  return readerOf(part) !== undefined;
}

/** Tells whose budget a request draws on; built once for each limit. */
export function createLimitKey(
  limitName: string,
  by: readonly string[],
): (context: ExchangeContext) => string {
  const readers = by.map((part) => ({ part, read: readerOf(part) }));
  return (context) => {
    let key = limitName;
    for (const { part, read } of readers) {
      // Without a token or tenant one is still somebody, and must not get past for it.
      const value = read?.(context);
      const found = value ?? `without, ${simpleParts["client"]?.(context)}`;
      key += `\n${part} ${found.length} ${found}`;
    }
    return key;
  };
}

function readerOf(part: string): Reader | undefined {
  if (Object.hasOwn(simpleParts, part)) return simpleParts[part];
  const colon = part.indexOf(":");
  const kind = part.slice(0, Math.max(colon, 0));
  const name = part.slice(colon + 1);
  return name !== "" && Object.hasOwn(named, kind) ? named[kind]?.(name) : undefined;
}

/** One host of IPv6 has a whole /64 to call from, so that is the least a budget can be tied to. */
function networkOf(client: string, bits4: number, bits6: number): string {
  if (!client.includes(":") && bits4 === 32) return client;
  if (!ipaddr.isValid(client)) return client;
  const address = ipaddr.process(client);
  const bits = address.kind() === "ipv4" ? bits4 : bits6;
  if (address.kind() === "ipv4" && bits === 32) return address.toString();
  const bytes = address.toByteArray().map((byte, index) => {
    const kept = Math.min(Math.max(bits - index * 8, 0), 8);
    return byte & (0xff << (8 - kept)) & 0xff;
  });
  return `${ipaddr.fromByteArray(bytes).toString()}/${bits}`;
}

function cookieOf(headers: readonly Header[], name: string): string | undefined {
  for (const pair of headerOf(headers, "cookie")?.split(";") ?? []) {
    const equals = pair.indexOf("=");
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}
