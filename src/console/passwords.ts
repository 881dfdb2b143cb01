import { randomBytes, randomInt, scrypt, timingSafeEqual } from "node:crypto";

/**
 * OWASP's scrypt setting for 32 MiB a hash (N = 2^15, r = 8, p = 3). A hash carries its own
 * parameters, so that stronger ones can come without breaking the old.
 */
const parameters = { N: 2 ** 15, r: 8, p: 3 };
const saltBytes = 16;
const keyBytes = 32;
const memoryBytesMax = 128 * 1024 * 1024;

/** A hash that no password has, at the cost of a real one: an unknown name must not answer sooner. */
export const hashOfNobody: string = [
  "scrypt",
  parameters.N,
  parameters.r,
  parameters.p,
  Buffer.alloc(saltBytes).toString("base64"),
  Buffer.alloc(keyBytes).toString("base64"),
].join("$");

/** Hashes a password with a salt of its own: `scrypt$N$r$p$salt$key`. */
export async function hashPassword(password: string): Promise<string> {
  const { N, r, p } = parameters;
  const salt = randomBytes(saltBytes);
  const key = await deriveKey(password, salt, keyBytes, parameters);
  return ["scrypt", N, r, p, salt.toString("base64"), key.toString("base64")].join("$");
}

/** Whether the password is the one that was hashed; false for a hash that cannot be read. */
export async function isPasswordOf(password: string, hash: string): Promise<boolean> {
  const [scheme, N, r, p, salt, key] = hash.split("$");
  if (scheme !== "scrypt" || salt === undefined || key === undefined) return false;

  const expected = Buffer.from(key, "base64");
  if (expected.length === 0) return false;
  const cost = { N: Number(N), r: Number(r), p: Number(p) };
  const actual = await deriveKey(password, Buffer.from(salt, "base64"), expected.length, cost);
  return timingSafeEqual(actual, expected);
}

/** Without 0, 1, i, l and o: it is read from a terminal and typed into a browser. */
const alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

/** A password for one use: four groups of five characters, 99 bits. */
export function createOneTimePassword(): string {
  const group = (): string =>
    Array.from({ length: 5 }, () => alphabet[randomInt(alphabet.length)]).join("");
  return [group(), group(), group(), group()].join("-");
}

function deriveKey(
  password: string,
  salt: Uint8Array,
  length: number,
  cost: { N: number; r: number; p: number },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // The same password typed on two keyboards may arrive as different code points.
    const options = { ...cost, maxmem: memoryBytesMax };
    scrypt(password.normalize("NFKC"), salt, length, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}
