import {
  constants,
  createDecipheriv,
  createHmac,
  type KeyObject,
  privateDecrypt,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";
import { bytesOf, type CompactToken } from "./compact-token.ts";

interface Cipher {
  readonly name: "aes-128" | "aes-192" | "aes-256";
  readonly keyBytes: number;
  /** Hash of the encrypt-then-MAC ciphers (RFC 7518, 5.2). */
  readonly hash?: "sha256" | "sha384" | "sha512";
}

const ciphers: Readonly<Record<string, Cipher>> = {
  A128GCM: { name: "aes-128", keyBytes: 16 },
  A192GCM: { name: "aes-192", keyBytes: 24 },
  A256GCM: { name: "aes-256", keyBytes: 32 },
  "A128CBC-HS256": { name: "aes-128", keyBytes: 16, hash: "sha256" },
  "A192CBC-HS384": { name: "aes-192", keyBytes: 24, hash: "sha384" },
  "A256CBC-HS512": { name: "aes-256", keyBytes: 32, hash: "sha512" },
};

/**
 * Decrypts a JWE whose key is wrapped with RSAES-PKCS1-v1_5, which jose does not offer any more.
 * Whether padding, key or content is wrong makes no difference outside (RFC 7516, 11.5): wrong
 * padding gives a key of chance, which then fails at the tag.
 */
export function tryDecryptPkcs1(token: CompactToken, key: KeyObject): Uint8Array | undefined {
  const cipher = ciphers[token.header.enc ?? ""];
  const [head = "", wrapped, iv, ciphertext, tag] = token.parts;
  if (cipher === undefined) return undefined;
  const bytes = cipher.hash === undefined ? cipher.keyBytes : 2 * cipher.keyBytes;
  const contentKey = unwrapped(key, bytesOf(wrapped), bytes);
  const parts = {
    additional: Buffer.from(head, "ascii"),
    iv: bytesOf(iv),
    ciphertext: bytesOf(ciphertext),
    tag: bytesOf(tag),
  };
  try {
    return cipher.hash === undefined
      ? openGcm(cipher, contentKey, parts)
      : openCbc({ ...cipher, hash: cipher.hash }, contentKey, parts);
  } catch {
    return undefined;
  }
}

interface Sealed {
  readonly additional: Buffer;
  readonly iv: Buffer;
  readonly ciphertext: Buffer;
  readonly tag: Buffer;
}

/** OpenSSL answers wrong padding with bytes of chance, whose length need not fit (RFC 3218). */
function unwrapped(key: KeyObject, wrapped: Buffer, bytes: number): Buffer {
  const chance = randomBytes(bytes);
  try {
    const found = privateDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, wrapped);
    return found.length === bytes ? found : chance;
  } catch {
    return chance;
  }
}

function openGcm({ name }: Cipher, key: Buffer, sealed: Sealed): Uint8Array | undefined {
  if (sealed.iv.length !== 12 || sealed.tag.length !== 16) return undefined;
  const decipher = createDecipheriv(`${name}-gcm`, key, sealed.iv, { authTagLength: 16 });
  decipher.setAAD(sealed.additional).setAuthTag(sealed.tag);
  return Buffer.concat([decipher.update(sealed.ciphertext), decipher.final()]);
}

function openCbc(
  { name, keyBytes, hash }: Cipher & { readonly hash: string },
  key: Buffer,
  { additional, iv, ciphertext, tag }: Sealed,
): Uint8Array | undefined {
  const bits = Buffer.alloc(8);
  bits.writeBigUInt64BE(BigInt(additional.length) * 8n);
  const mac = createHmac(hash, key.subarray(0, keyBytes));
  const expected = mac.update(additional).update(iv).update(ciphertext).update(bits).digest();
  if (tag.length !== keyBytes || iv.length !== 16) return undefined;
  if (!timingSafeEqual(expected.subarray(0, keyBytes), tag)) return undefined;
  const decipher = createDecipheriv(`${name}-cbc`, key.subarray(keyBytes), iv);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]);
}
