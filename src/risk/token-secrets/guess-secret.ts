import { createHmac, timingSafeEqual } from "node:crypto";
import { isRecord } from "../../model/is-record.ts";

const hashes: Readonly<Record<string, string>> = {
  HS256: "sha256",
  HS384: "sha384",
  HS512: "sha512",
};
const tokenCharactersMax = 16_384;

/** A token that could be tried: signed with HMAC, of the compact form (RFC 7515, section 3.1). */
export interface HmacToken {
  readonly hash: string;
  /** Head and claims, as signed. */
  readonly signed: string;
  readonly signature: Buffer;
}

/** Reads a token; undefined when it is none that is signed with HMAC. */
export function hmacTokenOf(token: string): HmacToken | undefined {
  if (!token.startsWith("eyJ") || token.length > tokenCharactersMax) return undefined;
  const parts = token.split(".");
  const [head = "", claims = "", signature = ""] = parts;
  if (parts.length !== 3 || signature === "") return undefined;
  const hash = hashes[algorithmOf(head) ?? ""];
  if (hash === undefined) return undefined;
  return { hash, signed: `${head}.${claims}`, signature: Buffer.from(signature, "base64url") };
}

function algorithmOf(head: string): string | undefined {
  try {
    const header: unknown = JSON.parse(Buffer.from(head, "base64url").toString("utf8"));
    const algorithm = isRecord(header) ? header["alg"] : undefined;
    return typeof algorithm === "string" ? algorithm : undefined;
  } catch {
    return undefined;
  }
}

/** The first of the words that the token is signed with; undefined when it is none of them. */
export function guessSecret(
  { hash, signed, signature }: HmacToken,
  words: Iterable<string>,
): string | undefined {
  for (const word of words) {
    const made = createHmac(hash, word).update(signed).digest();
    if (made.length === signature.length && timingSafeEqual(made, signature)) return word;
  }
  return undefined;
}
