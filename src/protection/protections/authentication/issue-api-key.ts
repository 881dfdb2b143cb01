import { createHash, randomBytes } from "node:crypto";
import type { ApiKeyRecord } from "./api-key-options.ts";

/** A key that was just made: what its holder gets, once, and what is kept. */
export interface IssuedKey {
  readonly key: string;
  readonly record: ApiKeyRecord;
}

const ID_BYTES = 5;
const SECRET_BYTES = 32;

/** Makes a key of 256 bits of chance, `mk_<id>_<secret>`; scanners for leaked secrets know it by `mk_`. */
export function issueApiKey(
  about: Pick<ApiKeyRecord, "name" | "scopes" | "roles"> & { readonly expires?: string },
  nowMs: number,
): IssuedKey {
  const id = randomBytes(ID_BYTES).toString("hex");
  const key = `mk_${id}_${randomBytes(SECRET_BYTES).toString("base64url")}`;
  const hash = createHash("sha256").update(key).digest("base64url");
  return { key, record: { id, hash, ...about, created: new Date(nowMs).toISOString() } };
}

/**
 * Replaces a key by a new one for the same caller: both count for `overlapMs`, then the new one
 * alone. Undefined when there is no such key in force.
 */
export function rotateApiKey(
  records: readonly ApiKeyRecord[],
  id: string,
  { overlapMs, nowMs }: { readonly overlapMs: number; readonly nowMs: number },
): { readonly issued: IssuedKey; readonly records: readonly ApiKeyRecord[] } | undefined {
  const old = records.find((record) => record.id === id && record.revoked === undefined);
  if (old === undefined) return undefined;
  const { name, scopes, roles, expires } = old;
  const issued = issueApiKey(
    { name, scopes, roles, ...(expires === undefined ? {} : { expires }) },
    nowMs,
  );
  const endsMs = Math.min(nowMs + overlapMs, Date.parse(expires ?? "") || Infinity);
  const ending = { ...old, expires: new Date(endsMs).toISOString() };
  return {
    issued,
    records: [...records.map((record) => (record === old ? ending : record)), issued.record],
  };
}
