import { isRecord } from "../../../model/is-record.ts";
import { type BoundedCache, createBoundedCache } from "./bounded-cache.ts";
import { fetchJson } from "./fetch-json.ts";
import type { IntrospectionOptions } from "./token-options.ts";
import { createTurns } from "./turns.ts";

/** What the issuer says of a token (RFC 7662). */
export type Introspected =
  | { readonly active: true; readonly claims: Readonly<Record<string, unknown>> }
  | { readonly active: false }
  | { readonly problem: string };

export interface Introspection {
  /** An answer that is still believed, or a promise of one, which never rejects. */
  ask(token: string, digest: string): Introspected | Promise<Introspected>;
}

interface Answer {
  readonly introspected: Introspected;
  readonly untilMs: number;
}

const CACHE_CHARACTERS_MAX = 16_777_216;

/** Builds the question to an issuer, with what it answered lately. */
export function createIntrospection(
  options: IntrospectionOptions,
  parts: { readonly now: () => number; readonly clientSecret: string | undefined },
): Introspection {
  const { url, cacheMs, timeoutMs } = options;
  const turns = createTurns(options);
  const answers: BoundedCache<Answer> = createBoundedCache(CACHE_CHARACTERS_MAX);
  const asking = new Map<string, Promise<Introspected>>();
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    ...authorizationOf(options.clientId, parts.clientSecret),
  };

  async function question(token: string, startedMs: number): Promise<unknown> {
    const body = new URLSearchParams({ token, token_type_hint: "access_token" }).toString();
    const leftMs = Math.max(1, Math.ceil(timeoutMs - (performance.now() - startedMs)));
    return await fetchJson(url, { method: "POST", timeoutMs: leftMs, headers, body });
  }

  async function ask(token: string, digest: string): Promise<Introspected> {
    try {
      const startedMs = performance.now();
      const answer = await turns.take(() => question(token, startedMs), timeoutMs);
      const introspected = introspectedOf(answer);
      if (!("problem" in introspected)) {
        const untilMs = parts.now() + cacheMs;
        answers.set(digest, { introspected, untilMs }, JSON.stringify(answer).length);
      }
      return introspected;
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    } finally {
      asking.delete(digest);
    }
  }

  return {
    ask(token, digest) {
      const known = answers.get(digest);
      if (known !== undefined && parts.now() < known.untilMs) return known.introspected;
      const pending = asking.get(digest) ?? ask(token, digest);
      asking.set(digest, pending);
      return pending;
    },
  };
}

function introspectedOf(answer: unknown): Introspected {
  if (answer === undefined) return { problem: "too many tokens wait to be asked about" };
  if (!isRecord(answer) || typeof answer["active"] !== "boolean") {
    return { problem: "the answer is no introspection" };
  }
  return answer["active"] ? { active: true, claims: answer } : { active: false };
}

/** RFC 6749, 2.3.1: both are form-encoded before they become Basic credentials. */
function authorizationOf(id: string | undefined, secret = ""): Record<string, string> {
  if (id === undefined) return {};
  const encoded = [id, secret].map(encodeURIComponent).join(":");
  return { authorization: `Basic ${Buffer.from(encoded).toString("base64")}` };
}
