import type { Header, RequestHead } from "../../../model/exchange.ts";
import { isSessionCookie, keyHeaders, keyParameters } from "./credential-names-table.ts";

/** What a request brings along to say who calls. */
export interface Credential {
  readonly kind: "token" | "api-key" | "basic" | "session";
  /** As the client sent it, without the scheme's name. */
  readonly value: string;
  /** The scheme in Authorization that a token came with. */
  readonly scheme?: "bearer" | "dpop";
  /** Whether the configuration names its place; others only help to tell callers apart. */
  readonly isConfigured: boolean;
}

/** Where credentials are looked for besides Authorization and the usual names. */
export interface CredentialPlaces {
  readonly tokenHeaders: ReadonlySet<string>;
  readonly tokenQuery: ReadonlySet<string>;
  readonly tokenCookies: ReadonlySet<string>;
  readonly keyHeaders: ReadonlySet<string>;
  readonly keyQuery: ReadonlySet<string>;
}

/** No honest request has more. */
const CREDENTIALS_MAX = 8;
/** Shorter values are no secrets: `key=name` asks for an order, not for access. */
const SECRET_LENGTH_MIN = 8;

/** Finds the credentials of a request, at most eight, those of Authorization first. */
export function credentialsOf(head: RequestHead, places: CredentialPlaces): readonly Credential[] {
  const found: Credential[] = [];
  for (const header of head.headers) {
    if (header[0] === "authorization") found.push(authorizationOf(header[1]));
  }
  for (const header of head.headers) addFromHeader(found, header, places);
  if (head.query !== "") addFromPairs(found, head.query, "&", (name) => queryKindOf(name, places));
  return found.length > CREDENTIALS_MAX ? found.slice(0, CREDENTIALS_MAX) : found;
}

function authorizationOf(header: string): Credential {
  const space = header.indexOf(" ");
  const scheme = space < 0 ? "" : header.slice(0, space).toLowerCase();
  const value = header.slice(space + 1).trim();
  switch (scheme) {
    case "bearer":
    case "dpop":
      return { kind: "token", value, scheme, isConfigured: true };
    case "basic":
      return { kind: "basic", value, isConfigured: true };
    case "apikey":
    case "api-key":
      return { kind: "api-key", value, isConfigured: true };
    default:
      // A signature (AWS, Hawk, Digest) differs each time; the name of the key in it does not.
      return { kind: "api-key", value: signerOf(value) ?? header, isConfigured: false };
  }
}

function signerOf(value: string): string | undefined {
  const found = /(?:credential|keyid|username|id)="?([^/,"\s]{1,128})/i.exec(value.slice(0, 1_024));
  return found?.[1];
}

function addFromHeader(found: Credential[], [name, value]: Header, places: CredentialPlaces): void {
  if (name === "cookie") {
    addFromPairs(found, value, ";", (cookie) => cookieKindOf(cookie, places));
  } else if (places.tokenHeaders.has(name)) {
    found.push({ kind: "token", value: withoutScheme(value), isConfigured: true });
  } else if (places.keyHeaders.has(name)) {
    found.push({ kind: "api-key", value, isConfigured: true });
  } else if (keyHeaders.has(name) && value.length >= SECRET_LENGTH_MIN) {
    found.push({ kind: "api-key", value, isConfigured: false });
  }
}

function withoutScheme(value: string): string {
  return value.slice(0, 7).toLowerCase() === "bearer " ? value.slice(7).trim() : value;
}

type Kind = Pick<Credential, "kind" | "isConfigured">;

function queryKindOf(name: string, places: CredentialPlaces): Kind | undefined {
  if (places.tokenQuery.has(name)) return { kind: "token", isConfigured: true };
  if (places.keyQuery.has(name)) return { kind: "api-key", isConfigured: true };
  if (keyParameters.has(name.toLowerCase())) return { kind: "api-key", isConfigured: false };
  return undefined;
}

function cookieKindOf(name: string, places: CredentialPlaces): Kind | undefined {
  if (places.tokenCookies.has(name)) return { kind: "token", isConfigured: true };
  return isSessionCookie(name) ? { kind: "session", isConfigured: false } : undefined;
}

/** Walks `name=value` pairs; the kind is asked for names alone, values are copied only when needed. */
function addFromPairs(
  found: Credential[],
  text: string,
  separator: "&" | ";",
  kindOf: (name: string) => Kind | undefined,
): void {
  for (let at = 0; at < text.length && found.length <= CREDENTIALS_MAX; ) {
    const next = text.indexOf(separator, at);
    const end = next < 0 ? text.length : next;
    const pair = text.slice(at, end);
    at = end + 1;
    const equals = pair.indexOf("=");
    if (equals < 0) continue;
    const kind = kindOf(decoded(pair.slice(0, equals).trim()));
    if (kind === undefined) continue;
    const value = decoded(pair.slice(equals + 1).trim());
    if (kind.isConfigured || value.length >= SECRET_LENGTH_MIN) found.push({ ...kind, value });
  }
}

function decoded(text: string): string {
  const unquoted =
    text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text;
  if (!unquoted.includes("%")) return unquoted;
  try {
    return decodeURIComponent(unquoted);
  } catch {
    return unquoted;
  }
}
