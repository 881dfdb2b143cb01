import type { AccountStore } from "./account-store.ts";
import { createOneTimePassword, hashPassword } from "./passwords.ts";

export interface FirstLogin {
  readonly name: "admin";
  /** To be printed once; only its hash is stored. */
  readonly oneTimePassword: string;
}

/**
 * Makes the administrator at the first start. While nobody has replaced the one-time password,
 * each start makes a new one, as the last one may have scrolled away.
 */
export async function ensureAdministrator(accounts: AccountStore): Promise<FirstLogin | undefined> {
  const name = "admin";
  const existing = await accounts.findAccount(name);
  if (existing === undefined && (await accounts.countAccounts()) > 0) return undefined;
  if (existing !== undefined && !existing.oneTime) return undefined;

  const oneTimePassword = createOneTimePassword();
  const passwordHash = await hashPassword(oneTimePassword);
  await accounts.saveAccount({ name, passwordHash, oneTime: true });
  await accounts.deleteSessionsOf(name);
  return { name, oneTimePassword };
}
