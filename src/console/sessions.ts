import { createHash, randomBytes } from "node:crypto";
import type { AccountStore, ConsoleSession } from "./account-store.ts";

export interface SessionLimits {
  /** A session ends when it was not used for so long. */
  readonly idleMs: number;
  /** A session ends after so long however much it was used. */
  readonly absoluteMs: number;
}

export const defaultSessionLimits: SessionLimits = {
  idleMs: 2 * 60 * 60_000,
  absoluteMs: 24 * 60 * 60_000,
};

/** A session's expiry is written anew at most this often, so that reading stays cheap. */
const renewalMs = 60_000;
const idBytes = 32;

/** Opens, finds and ends sessions; the store only ever sees the hash of a session's id. */
export class Sessions {
  readonly #accounts: AccountStore;
  readonly #limits: SessionLimits;
  readonly #now: () => number;

  constructor(accounts: AccountStore, limits: SessionLimits, now: () => number) {
    this.#accounts = accounts;
    this.#limits = limits;
    this.#now = now;
  }

  /** Opens a session with an id that nobody has seen before: no fixation. */
  async open(account: string): Promise<{ id: string; session: ConsoleSession }> {
    const nowMs = this.#now();
    const id = randomBytes(idBytes).toString("base64url");
    const session: ConsoleSession = {
      idHash: hashOf(id),
      account,
      csrfToken: randomBytes(idBytes).toString("base64url"),
      createdMs: nowMs,
      expiresMs: this.#expiryOf(nowMs, nowMs),
    };
    await this.#accounts.deleteExpiredSessions(nowMs);
    await this.#accounts.saveSession(session);
    return { id, session };
  }

  /** The live session of an id, its idle time counted anew. */
  async find(id: string): Promise<ConsoleSession | undefined> {
    const session = await this.#accounts.findSession(hashOf(id));
    const nowMs = this.#now();
    if (session === undefined || !this.#isAlive(session, nowMs)) return undefined;

    const expiresMs = this.#expiryOf(session.createdMs, nowMs);
    if (expiresMs - session.expiresMs < renewalMs) return session;
    const renewed = { ...session, expiresMs };
    await this.#accounts.saveSession(renewed);
    return renewed;
  }

  /** Whether a session found before still holds, without counting as its use. */
  async isCurrent({ idHash }: ConsoleSession): Promise<boolean> {
    const session = await this.#accounts.findSession(idHash);
    return session !== undefined && this.#isAlive(session, this.#now());
  }

  end(session: ConsoleSession): Promise<void> {
    return this.#accounts.deleteSession(session.idHash);
  }

  #isAlive(session: ConsoleSession, nowMs: number): boolean {
    return nowMs < session.expiresMs && nowMs < session.createdMs + this.#limits.absoluteMs;
  }

  #expiryOf(createdMs: number, nowMs: number): number {
    return Math.min(nowMs + this.#limits.idleMs, createdMs + this.#limits.absoluteMs);
  }
}

function hashOf(id: string): string {
  return createHash("sha256").update(id).digest("hex");
}
