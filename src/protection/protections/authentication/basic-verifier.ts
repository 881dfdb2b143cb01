import { scrypt, timingSafeEqual } from "node:crypto";
import type { Awaitable } from "../../protection.ts";
import type { BasicUserOptions } from "../authentication-options.ts";
import { type BoundedCache, createBoundedCache } from "./bounded-cache.ts";
import { createTurns } from "./turns.ts";
import { refused, type Verification } from "./verification.ts";

/** Verifies user names and passwords of Basic authentication (RFC 7617). */
export interface BasicVerifier {
  /** `digest` names the credential in the cache. */
  verify(credential: string, digest: string): Awaitable<Verification>;
}

/** A hash takes some 100 ms and 32 MB: two at a time, and no long queue of guesses. */
const HASHES_MAX = 2;
const WAITING_MAX = 64;
const WAIT_MS = 5_000;
/** How long a right password needs no hash again. */
const CACHE_MS = 300_000;
const CACHE_ENTRIES_MAX = 10_000;
const MEMORY_BYTES_MAX = 134_217_728;

interface Remembered {
  readonly verification: Verification;
  readonly untilMs: number;
}

export function createBasicVerifier(
  users: readonly BasicUserOptions[],
  now: () => number,
): BasicVerifier {
  const known = new Map(users.map((user) => [user.name, user]));
  const turns = createTurns({ concurrencyMax: HASHES_MAX, waitingMax: WAITING_MAX });
  const right: BoundedCache<Remembered> = createBoundedCache(CACHE_ENTRIES_MAX);
  const [somebody] = users;

  async function check(credential: string, digest: string): Promise<Verification> {
    const text = Buffer.from(credential, "base64").toString("utf8");
    const colon = text.indexOf(":");
    const user = colon < 0 ? undefined : known.get(text.slice(0, colon));
    // An unknown name must not be answered sooner than a wrong password.
    const hash = (user ?? somebody)?.passwordHash ?? "";
    const isRight = await turns.take(() => isPasswordOf(text.slice(colon + 1), hash), WAIT_MS);
    if (isRight === undefined) {
      const reason = "too many passwords wait to be checked";
      return { outcome: "unavailable", reason, onOutage: "refuse" };
    }
    if (user === undefined || !isRight) return refused("the user name or password is wrong");
    const { name, scopes, roles } = user;
    const principal = { kind: "basic", id: name, verified: true, scopes, roles } as const;
    const verification: Verification = { outcome: "verified", principal };
    right.set(digest, { verification, untilMs: now() + CACHE_MS }, 1);
    return verification;
  }

  return {
    verify(credential, digest) {
      const remembered = right.get(digest);
      if (remembered !== undefined && now() < remembered.untilMs) return remembered.verification;
      return check(credential, digest);
    },
  };
}

/** Compares with `scrypt$N$r$p$salt$key`; false for what cannot be read. */
function isPasswordOf(password: string, hash: string): Promise<boolean> {
  const [, N, r, p, salt = "", key = ""] = hash.split("$");
  const expected = Buffer.from(key, "base64");
  const cost = { N: Number(N), r: Number(r), p: Number(p), maxmem: MEMORY_BYTES_MAX };
  return new Promise((resolve) => {
    try {
      const bytes = Buffer.from(salt, "base64");
      scrypt(password.normalize("NFKC"), bytes, expected.length, cost, (error, actual) =>
        resolve(error === null && expected.length > 0 && timingSafeEqual(actual, expected)),
      );
    } catch {
      resolve(false);
    }
  });
}
