import { isRecord } from "../../../model/is-record.ts";

/** Names of tokens that are not accepted although they are right. */
export interface Revocations {
  readonly tokens: ReadonlySet<string>;
  readonly subjects: ReadonlySet<string>;
}

/** Reads `{"tokens": [jti…], "subjects": [sub…]}`. Undefined when it is of another form. */
export function tryReadRevocations(value: unknown): Revocations | undefined {
  if (!isRecord(value)) return undefined;
  const { tokens = [], subjects = [], ...others } = value;
  if (!isTexts(tokens) || !isTexts(subjects) || Object.keys(others).length > 0) return undefined;
  return { tokens: new Set(tokens), subjects: new Set(subjects) };
}

/** Whether claims name a revoked token or subject. */
export function isRevoked(
  { jti, sub }: Readonly<Record<string, unknown>>,
  { tokens, subjects }: Revocations,
): boolean {
  return (
    (typeof jti === "string" && tokens.has(jti)) || (typeof sub === "string" && subjects.has(sub))
  );
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
