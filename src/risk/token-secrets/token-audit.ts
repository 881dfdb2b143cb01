import { createHash } from "node:crypto";
import { Worker } from "node:worker_threads";
import { hmacTokenOf } from "./guess-secret.ts";

export interface AskedToken {
  readonly id: number;
  readonly token: string;
}

export interface JudgedToken {
  readonly id: number;
  /** Its signature verifies under a word of the list. */
  readonly isWeak: boolean;
}

/** Tries tokens against a word list, offline and in a thread of its own. */
export interface TokenAudit {
  /** Takes a token that was accepted; the same one at the same endpoint is tried once. */
  offer(token: string, endpointId: string): void;
  /** Resolves when everything that was taken is judged. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

// Published as JavaScript, developed as TypeScript.
const entry = new URL(
  import.meta.url.endsWith(".ts") ? "./token-audit-thread.ts" : "./token-audit-thread.js",
  import.meta.url,
);

/** Tokens that wait; what comes while so many do is left, and comes again with the next call. */
const waitingMax = 64;
/** Tokens remembered as tried; after so many they are forgotten and tried again. */
const triedMax = 20_000;
/** Tokens of one endpoint that are tried: its issuer signs them all alike. */
const perEndpointMax = 32;

/** Creates an audit; its thread begins with the first token. */
export function createTokenAudit(options: {
  /** File with further words. */
  readonly words: string | undefined;
  readonly onWeak: (endpointId: string) => void;
}): TokenAudit {
  const tried = new Map<string, number>();
  const seen = new Set<string>();
  const waiting = new Map<number, string>();
  let worker: Worker | undefined;
  let nextId = 0;
  let onIdle: (() => void)[] = [];

  const idle = (): void => {
    if (waiting.size > 0) return;
    for (const resolve of onIdle) resolve();
    onIdle = [];
  };
  const ended = (): void => {
    worker = undefined;
    waiting.clear();
    idle();
  };
  const started = (): Worker => {
    const made = new Worker(entry, { workerData: { words: options.words }, execArgv: [] });
    made.on("message", ({ id, isWeak }: JudgedToken) => {
      const endpointId = waiting.get(id);
      waiting.delete(id);
      if (isWeak && endpointId !== undefined) options.onWeak(endpointId);
      idle();
    });
    made.on("error", ended);
    made.on("exit", ended);
    // An audit keeps no process alive.
    made.unref();
    return made;
  };

  return {
    offer(token, endpointId) {
      if (waiting.size >= waitingMax || hmacTokenOf(token) === undefined) return;
      const count = tried.get(endpointId) ?? 0;
      const mark = createHash("sha256").update(`${endpointId} ${token}`).digest("base64");
      if (count >= perEndpointMax || seen.has(mark)) return;
      if (seen.size >= triedMax) {
        seen.clear();
        tried.clear();
      }
      seen.add(mark);
      tried.set(endpointId, count + 1);
      nextId += 1;
      waiting.set(nextId, endpointId);
      worker ??= started();
      worker.postMessage({ id: nextId, token } satisfies AskedToken);
    },

    settled: () =>
      new Promise((resolve) => {
        onIdle.push(resolve);
        idle();
      }),

    async stop() {
      await worker?.terminate();
    },
  };
}
