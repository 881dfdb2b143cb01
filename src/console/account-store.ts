export interface Account {
  readonly name: string;
  /** scrypt, encoded with its parameters and salt. */
  readonly passwordHash: string;
  /** True until the one-time password of the first start was replaced. */
  readonly oneTime: boolean;
}

export interface ConsoleSession {
  /** SHA-256 of the cookie's value; the value itself is never stored. */
  readonly idHash: string;
  readonly account: string;
  readonly csrfToken: string;
  readonly createdMs: number;
  readonly expiresMs: number;
}

export interface AccountStore {
  findAccount(name: string): Promise<Account | undefined>;
  saveAccount(account: Account): Promise<void>;
  countAccounts(): Promise<number>;
  findSession(idHash: string): Promise<ConsoleSession | undefined>;
  saveSession(session: ConsoleSession): Promise<void>;
  deleteSession(idHash: string): Promise<void>;
  deleteSessionsOf(account: string): Promise<void>;
  deleteExpiredSessions(nowMs: number): Promise<void>;
  /** A secret of the installation, made on first use: `redaction-key`, … */
  loadOrCreateSecret(name: string, bytes: number): Promise<Uint8Array>;
}
