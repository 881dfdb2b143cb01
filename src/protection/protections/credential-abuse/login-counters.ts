import { createHmac } from "node:crypto";
import type { CounterStore } from "../../counters/counter-store.ts";
import type { Installation } from "../../installation.ts";
import type { CredentialAbuseOptions } from "../credential-abuse-options.ts";
import type { LoginAttempt } from "./login-attempt.ts";
import type { LoginOutcome } from "./login-outcome.ts";

const dayMs = 86_400_000;
/** A client that once logged an account in is trusted with it so long. */
const familiarMs = 30 * dayMs;

/** What is known of an attempt before it is made. */
export interface AttemptHistory {
  /** Failures of this client with this account. */
  readonly failures: number;
  /** Accounts this client failed with, and how often it succeeded. */
  readonly clientAccounts: number;
  readonly clientSuccesses: number;
  /** Failures of this account from anywhere. */
  readonly accountFailures: number;
  /** Accounts that failed with this password. */
  readonly passwordAccounts: number;
  /** This client has logged this account in before. */
  readonly isFamiliar: boolean;
}

/** Digests of an attempt; passwords and accounts themselves are in no key. */
interface AttemptKeys {
  readonly client: string;
  readonly account: string;
  readonly password: string;
}

/** Remembers how logins ended, by keyed digests only. */
export class LoginCounters {
  readonly #store: CounterStore;
  readonly #local: CounterStore;
  readonly #digestKey: Uint8Array;
  readonly #windowMs: number;

  constructor(
    { counters, localCounters, digestKey }: Installation,
    { windowSeconds }: Pick<CredentialAbuseOptions, "windowSeconds">,
  ) {
    this.#store = counters;
    this.#local = localCounters;
    this.#digestKey = digestKey;
    this.#windowMs = windowSeconds * 1_000;
  }

  /** Never rejects: while the shared store is away this machine's own counters answer. */
  async historyOf(client: string, attempt: LoginAttempt, nowMs: number): Promise<AttemptHistory> {
    const { account, password } = this.#keysOf(client, attempt);
    const read = (key: string, windowMs = this.#windowMs): Promise<number> =>
      this.#count(key, windowMs, 0, nowMs);
    const [failures, clientAccounts, clientSuccesses, accountFailures, passwordAccounts, familiar] =
      await Promise.all([
        read(`login pair ${client} ${account}`),
        read(`login client-accounts ${client}`),
        read(`login client-successes ${client}`),
        read(`login account ${account}`),
        read(`login password-accounts ${password}`),
        read(`login familiar ${client} ${account}`, familiarMs),
      ]);
    return {
      failures,
      clientAccounts,
      clientSuccesses,
      accountFailures,
      passwordAccounts,
      isFamiliar: familiar > 0,
    };
  }

  /** Notes how it ended. Never rejects. */
  async note(
    client: string,
    attempt: LoginAttempt,
    outcome: LoginOutcome,
    nowMs: number,
  ): Promise<void> {
    const { account, password } = this.#keysOf(client, attempt);
    const add = (key: string, windowMs = this.#windowMs): Promise<number> =>
      this.#count(key, windowMs, 1, nowMs);
    if (outcome === "success") {
      await Promise.all([
        add(`login familiar ${client} ${account}`, familiarMs),
        add(`login client-successes ${client}`),
      ]);
      return;
    }
    const [ofPair, ofPasswordAndAccount] = await Promise.all([
      add(`login pair ${client} ${account}`),
      add(`login password ${password} ${account}`),
      add(`login account ${account}`),
    ]);
    if (ofPair === 1) await add(`login client-accounts ${client}`);
    if (ofPasswordAndAccount === 1) await add(`login password-accounts ${password}`);
  }

  async #count(key: string, windowMs: number, amount: number, nowMs: number): Promise<number> {
    try {
      return await this.#store.count(key, windowMs, amount, nowMs);
    } catch {
      return await this.#local.count(key, windowMs, amount, nowMs);
    }
  }

  #keysOf(client: string, { account, password }: LoginAttempt): AttemptKeys {
    return { client, account: this.#digestOf(account), password: this.#digestOf(password) };
  }

  #digestOf(secret: string): string {
    return createHmac("sha256", this.#digestKey).update(secret).digest("base64url").slice(0, 22);
  }
}
