import { isIPv6 } from "node:net";

export interface LoginLimitOptions {
  readonly windowMs: number;
  /** Failed attempts from one address (IPv6: one /64) within the window. */
  readonly addressAttemptsMax: number;
  /** Failed attempts on one account from everywhere: higher, as it locks out its owner too. */
  readonly accountAttemptsMax: number;
  /** How many addresses and accounts are remembered; over it the oldest is forgotten. */
  readonly entriesMax: number;
}

export const defaultLoginLimit: LoginLimitOptions = {
  windowMs: 15 * 60_000,
  addressAttemptsMax: 10,
  accountAttemptsMax: 100,
  entriesMax: 10_000,
};

interface Attempts {
  count: number;
  readonly resetsMs: number;
}

/** Counts login attempts by address and by account, in bounded memory. */
export class LoginLimit {
  readonly #options: LoginLimitOptions;
  readonly #attempts = new Map<string, Attempts>();

  constructor(options: LoginLimitOptions = defaultLoginLimit) {
    this.#options = options;
  }

  /**
   * Counts an attempt before its password is looked at, so that guesses sent at once are counted
   * too. Returns how long to wait when there were too many, else 0.
   */
  take(address: string, account: string, nowMs: number): number {
    const { addressAttemptsMax, accountAttemptsMax } = this.#options;
    const byAddress = this.#entry(addressKeyOf(address), nowMs);
    // A stopped address leaves no further entry: made-up names could push out its own.
    if (byAddress.count >= addressAttemptsMax) return byAddress.resetsMs - nowMs;
    const byAccount = this.#entry(accountKeyOf(account), nowMs);
    if (byAccount.count >= accountAttemptsMax) return byAccount.resetsMs - nowMs;

    byAddress.count += 1;
    byAccount.count += 1;
    return 0;
  }

  /** Takes the attempts back after the right password. */
  forgive(address: string, account: string): void {
    this.#attempts.delete(addressKeyOf(address));
    this.#attempts.delete(accountKeyOf(account));
  }

  #entry(key: string, nowMs: number): Attempts {
    const known = this.#attempts.get(key);
    if (known !== undefined && known.resetsMs > nowMs) return known;

    this.#attempts.delete(key);
    if (this.#attempts.size >= this.#options.entriesMax) {
      const oldest = this.#attempts.keys().next().value;
      if (oldest !== undefined) this.#attempts.delete(oldest);
    }
    const entry = { count: 0, resetsMs: nowMs + this.#options.windowMs };
    this.#attempts.set(key, entry);
    return entry;
  }
}

function accountKeyOf(account: string): string {
  return `account ${account}`;
}

/** One host owns a whole /64 of IPv6 addresses and could try from each. */
function addressKeyOf(address: string): string {
  const plain = address.startsWith("::ffff:") ? address.slice("::ffff:".length) : address;
  if (!isIPv6(plain)) return `address ${plain}`;

  const [head = "", tail] = plain.split("::");
  const groups = head === "" ? [] : head.split(":");
  const rest = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? 0 : 8 - groups.length - rest.length;
  const whole = [...groups, ...Array.from({ length: zeros }, () => "0"), ...rest];
  return `address ${whole.slice(0, 4).join(":")}`;
}
