import { randomBytes } from "node:crypto";
import type { AccountStore } from "../../console/account-store.ts";
import type { Database } from "./database.ts";

/** Keeps the console's accounts and sessions, and the secrets of the installation. */
export function createAccountStore(database: Database): AccountStore {
  return {
    ...createAccounts(database),
    ...createSessions(database),

    async loadOrCreateSecret(name, bytes) {
      // Offered and read back in one transaction: of two processes that start at once, one wins.
      return database.writeDurably("load a secret", () => {
        database
          .statement("INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING")
          .run(name, randomBytes(bytes));
        const row = database.statement("SELECT value FROM secrets WHERE name = ?").get(name);
        return new Uint8Array(row?.["value"] as Uint8Array);
      });
    },
  };
}

type Accounts = Pick<AccountStore, "findAccount" | "saveAccount" | "countAccounts">;

function createAccounts(database: Database): Accounts {
  return {
    async findAccount(name) {
      return database.read("read an account", () => {
        const row = database.statement("SELECT * FROM accounts WHERE name = ?").get(name);
        if (row === undefined) return undefined;
        return {
          name: String(row["name"]),
          passwordHash: String(row["password_hash"]),
          oneTime: row["one_time"] === 1,
        };
      });
    },

    async saveAccount({ name, passwordHash, oneTime }) {
      database.writeDurably("save an account", () => {
        database
          .statement(
            "INSERT OR REPLACE INTO accounts (name, password_hash, one_time) VALUES (?, ?, ?)",
          )
          .run(name, passwordHash, oneTime ? 1 : 0);
      });
    },

    async countAccounts() {
      return database.read("count the accounts", () =>
        Number(database.statement("SELECT count(*) AS total FROM accounts").get()?.["total"]),
      );
    },
  };
}

type Sessions = Pick<
  AccountStore,
  "findSession" | "saveSession" | "deleteSession" | "deleteSessionsOf" | "deleteExpiredSessions"
>;

function createSessions(database: Database): Sessions {
  const remove = async (condition: string, value: string | number): Promise<void> => {
    database.write("delete sessions", () => {
      database.statement(`DELETE FROM sessions WHERE ${condition}`).run(value);
    });
  };

  return {
    async findSession(idHash) {
      return database.read("read a session", () => {
        const row = database.statement("SELECT * FROM sessions WHERE id_hash = ?").get(idHash);
        if (row === undefined) return undefined;
        return {
          idHash: String(row["id_hash"]),
          account: String(row["account"]),
          csrfToken: String(row["csrf_token"]),
          createdMs: Number(row["created_ms"]),
          expiresMs: Number(row["expires_ms"]),
        };
      });
    },

    async saveSession({ idHash, account, csrfToken, createdMs, expiresMs }) {
      database.write("save a session", () => {
        database
          .statement(
            `INSERT OR REPLACE INTO sessions (id_hash, account, csrf_token, created_ms, expires_ms)
             VALUES (?, ?, ?, ?, ?)`,
          )
          .run(idHash, account, csrfToken, createdMs, expiresMs);
      });
    },

    deleteSession: (idHash) => remove("id_hash = ?", idHash),
    deleteSessionsOf: (account) => remove("account = ?", account),
    deleteExpiredSessions: (nowMs) => remove("expires_ms <= ?", nowMs),
  };
}
