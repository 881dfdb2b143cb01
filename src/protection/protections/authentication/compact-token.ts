import { tryParseStrictObject } from "./strict-json.ts";

/** A JWS or JWE in compact serialization (RFC 7515, 7516); nothing of it is verified yet. */
export interface CompactToken {
  readonly kind: "jws" | "jwe";
  readonly text: string;
  readonly header: TokenHeader;
  readonly parts: readonly string[];
}

export interface TokenHeader {
  readonly alg: string;
  readonly enc?: string;
  readonly kid?: string;
  /** In lower case and without `application/`. */
  readonly typ?: string;
  readonly members: Readonly<Record<string, unknown>>;
}

/** Longer tokens do not fit into the header that most servers accept. */
const tokenCharactersMax = 16_384;

/** Reads a token strictly: one spelling only, no member twice. Undefined when it is none. */
export function tryParseCompactToken(text: string): CompactToken | undefined {
  if (text.length > tokenCharactersMax) return undefined;
  const parts = text.split(".", 6);
  const kind = parts.length === 3 ? "jws" : parts.length === 5 ? "jwe" : undefined;
  if (kind === undefined || !parts.every(isCanonicalBase64url)) return undefined;
  const members = tryParseStrictObject(bytesOf(parts[0]));
  const header = members === undefined ? undefined : headerOf(members);
  if (header === undefined || (kind === "jwe") !== (header.enc !== undefined)) return undefined;
  return { kind, text, header, parts };
}

export function bytesOf(part: string | undefined): Buffer {
  return Buffer.from(part ?? "", "base64url");
}

function headerOf(members: Readonly<Record<string, unknown>>): TokenHeader | undefined {
  const { alg, enc, kid, typ } = members;
  if (typeof alg !== "string" || !isOptionalText(enc)) return undefined;
  if (!isOptionalText(kid) || !isOptionalText(typ)) return undefined;
  return {
    alg,
    members,
    ...(enc === undefined ? {} : { enc }),
    ...(kid === undefined ? {} : { kid }),
    ...(typ === undefined ? {} : { typ: typ.toLowerCase().replace(/^application\//, "") }),
  };
}

function isOptionalText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === "string";
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** Lenient decoders read many spellings as one token, which a list of revoked ones would miss. */
function isCanonicalBase64url(part: string): boolean {
  if (!/^[A-Za-z0-9_-]*$/.test(part)) return false;
  const unused = [0, -1, 0b1111, 0b11][part.length % 4] ?? -1;
  return unused >= 0 && (alphabet.indexOf(part.at(-1) ?? "A") & unused) === 0;
}
