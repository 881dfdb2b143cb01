import { createPublicKey, createSecretKey, type KeyObject } from "node:crypto";
import { isRocaModulus } from "./roca.ts";

/** A JSON Web Key (RFC 7517) as it came, before anything of it is believed. */
export type JsonWebKey = Readonly<Record<string, unknown>>;

/** A key that signatures can be verified with. */
export interface VerificationKey {
  readonly kid?: string;
  /** The only algorithm that it is for, when it says so. */
  readonly alg?: string;
  readonly algorithms: readonly string[];
  readonly key: KeyObject;
}

const rsaBitsMin = 2_048;
/** Beyond it, verifying costs so much that tokens would be a weapon. */
const rsaBitsMax = 8_192;

const rsaAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];
const curveAlgorithms: Readonly<Record<string, readonly string[]>> = {
  "P-256": ["ES256"],
  "P-384": ["ES384"],
  "P-521": ["ES512"],
  Ed25519: ["EdDSA", "Ed25519"],
};
const secretAlgorithms: readonly { readonly name: string; readonly bytesMin: number }[] = [
  { name: "HS256", bytesMin: 32 },
  { name: "HS384", bytesMin: 48 },
  { name: "HS512", bytesMin: 64 },
];

/** Makes a key for signatures of a JWK, or tells why it must not be used. */
export function verificationKeyOf(jwk: JsonWebKey): VerificationKey | { readonly problem: string } {
  const { kid, alg, use, key_ops: operations } = jwk;
  if (use !== undefined && use !== "sig") return { problem: "it is not for signatures (use)" };
  if (Array.isArray(operations) && !["verify", "sign"].some((name) => operations.includes(name))) {
    return { problem: "it is not for signatures (key_ops)" };
  }
  const material = materialOf(jwk);
  if ("problem" in material) return material;
  const algorithms = material.algorithms.filter((name) => alg === undefined || name === alg);
  if (algorithms.length === 0) return { problem: "its alg does not fit the key" };
  return {
    key: material.key,
    algorithms,
    ...(typeof kid === "string" ? { kid } : {}),
    ...(typeof alg === "string" ? { alg } : {}),
  };
}

type Material =
  | { readonly key: KeyObject; readonly algorithms: readonly string[] }
  | { readonly problem: string };

function materialOf(jwk: JsonWebKey): Material {
  switch (jwk["kty"]) {
    case "oct":
      return secretOf(jwk);
    case "RSA":
      return rsaOf(jwk);
    case "EC":
    case "OKP":
      return curveOf(jwk);
    default:
      return { problem: "its kty is unknown" };
  }
}

function secretOf({ k }: JsonWebKey): Material {
  const bytes = Buffer.from(typeof k === "string" ? k : "", "base64url");
  return secretMaterialOf(bytes);
}

/** A shared secret for HMAC; RFC 7518, 3.2 wants as many bytes as the hash has. */
export function secretMaterialOf(bytes: Buffer): Material {
  const algorithms = secretAlgorithms.filter(({ bytesMin }) => bytes.length >= bytesMin);
  if (algorithms.length === 0) return { problem: "a secret of less than 32 bytes can be guessed" };
  return { key: createSecretKey(bytes), algorithms: algorithms.map(({ name }) => name) };
}

function rsaOf({ n, e }: JsonWebKey): Material {
  const key = tryPublicKey({ kty: "RSA", n, e });
  const { modulusLength = 0, publicExponent = 0n } = key?.asymmetricKeyDetails ?? {};
  if (key === undefined) return { problem: "it is no RSA key" };
  if (modulusLength < rsaBitsMin) return { problem: `RSA of ${modulusLength} bits is weak` };
  if (modulusLength > rsaBitsMax) return { problem: `RSA of ${modulusLength} bits is too long` };
  if (publicExponent < 3n || publicExponent % 2n === 0n || publicExponent >= 2n ** 64n) {
    return { problem: "its RSA exponent cannot be right" };
  }
  const modulus = BigInt(`0x${Buffer.from(String(n), "base64url").toString("hex")}`);
  if (isRocaModulus(modulus)) return { problem: "it can be factored (CVE-2017-15361)" };
  return { key, algorithms: rsaAlgorithms };
}

function curveOf({ kty, crv, x, y }: JsonWebKey): Material {
  const algorithms = curveAlgorithms[String(crv)];
  const key = tryPublicKey(kty === "EC" ? { kty, crv, x, y } : { kty, crv, x });
  if (key === undefined || algorithms === undefined)
    return { problem: "it is no point on a curve" };
  return { key, algorithms };
}

/** The public half alone is taken: what else stands in the key is not for us. */
function tryPublicKey(jwk: JsonWebKey): KeyObject | undefined {
  try {
    return createPublicKey({ key: jwk, format: "jwk" });
  } catch {
    return undefined;
  }
}
