import { createPrivateKey, createSecretKey, type KeyObject } from "node:crypto";
import { compactDecrypt } from "jose";
import type { CompactToken, TokenHeader } from "./compact-token.ts";
import type { JsonWebKey } from "./json-web-key.ts";
import { tryDecryptPkcs1 } from "./pkcs1-decryption.ts";

export interface Decryption {
  readonly algorithms: readonly string[];
  readonly encryptions: readonly string[];
}

interface DecryptionKey {
  readonly jwk: JsonWebKey;
  readonly key: KeyObject;
}

/** Opens encrypted tokens; undefined for every token that it cannot open, whatever the reason. */
export type TokenDecrypter = (token: CompactToken) => Promise<Uint8Array | undefined>;

const PLAINTEXT_BYTES_MAX = 65_536;
const CANDIDATES_MAX = 4;
const RSA_BITS_MIN = 2_048;

/** Builds a decrypter of the keys that can be used. */
export function createTokenDecrypter(
  jwks: readonly JsonWebKey[],
  { algorithms, encryptions }: Decryption,
): TokenDecrypter {
  const keys = jwks.flatMap((jwk): readonly DecryptionKey[] => {
    const key = jwk["use"] === "sig" ? undefined : tryKey(jwk);
    return key === undefined ? [] : [{ jwk, key }];
  });
  const open = async (token: CompactToken, key: KeyObject): Promise<Uint8Array | undefined> => {
    if (token.header.alg === "RSA1_5") return tryDecryptPkcs1(token, key);
    try {
      const { plaintext } = await compactDecrypt(token.text, key, {
        keyManagementAlgorithms: [...algorithms],
        contentEncryptionAlgorithms: [...encryptions],
        maxDecompressedLength: PLAINTEXT_BYTES_MAX,
      });
      return plaintext;
    } catch {
      return undefined;
    }
  };
  return async (token) => {
    const { alg, enc = "", members } = token.header;
    if (!algorithms.includes(alg) || !encryptions.includes(enc)) return undefined;
    if (members["zip"] !== undefined && alg === "RSA1_5") return undefined;
    const candidates = keys.filter(({ jwk }) => isFor(jwk, token.header));
    for (const { key } of candidates.slice(0, CANDIDATES_MAX)) {
      const plaintext = await open(token, key);
      if (plaintext !== undefined) return plaintext;
    }
    return undefined;
  };
}

/** A key says what it is for; another use of it would let one algorithm attack the other. */
function isFor(jwk: JsonWebKey, { alg, enc, kid }: TokenHeader): boolean {
  const isNamed = kid === undefined || jwk["kid"] === undefined || jwk["kid"] === kid;
  const { alg: own, kty } = jwk;
  const isAlgorithm = own === undefined || own === alg || (alg === "dir" && own === enc);
  const kind = alg.startsWith("RSA") ? "RSA" : alg.startsWith("ECDH") ? undefined : "oct";
  const isKind = kind === undefined ? kty === "EC" || kty === "OKP" : kty === kind;
  return isNamed && isAlgorithm && isKind;
}

function tryKey(jwk: JsonWebKey): KeyObject | undefined {
  try {
    if (jwk["kty"] === "oct") return createSecretKey(String(jwk["k"]), "base64url");
    const key = createPrivateKey({ key: jwk, format: "jwk" });
    const { modulusLength } = key.asymmetricKeyDetails ?? {};
    return modulusLength === undefined || modulusLength >= RSA_BITS_MIN ? key : undefined;
  } catch {
    return undefined;
  }
}
