import { createKeySet, type KeySet, tryReadKeys } from "./key-set.ts";

/** Where the keys of a verifier come from. */
export interface KeySource {
  /** The keys at hand; asks for newer ones in the background. Undefined when there are none to trust. */
  current(): KeySet | undefined;
  /** Waits for keys when there are none yet, at most for the source's timeout. */
  load(): Promise<KeySet | undefined>;
  /** Asks again because a token names a key that is not there; undefined when that is not due. */
  refetch(): Promise<KeySet | undefined> | undefined;
  /** Why there are no keys, for the operator. */
  readonly problem: string | undefined;
}

/** Keys that stand in the configuration. */
export function createFixedKeys(set: KeySet): KeySource {
  return {
    current: () => set,
    load: async () => set,
    refetch: () => undefined,
    problem: undefined,
  };
}

export interface RefreshedKeysOptions {
  /** Reads the key set anew; rejects when it cannot. */
  readonly read: () => Promise<unknown>;
  readonly isPublished: boolean;
  /** Age from which newer keys are asked for in the background. */
  readonly cacheMs: number;
  /** Age until which keys are used while newer ones cannot be had. */
  readonly staleMs: number;
  /** Least time between two askings because of unknown keys. */
  readonly refetchMs: number;
  readonly now: () => number;
}

/** Least time between an asking that failed and the next one. */
const RETRY_MS = 1_000;

/** Keys that somebody publishes and rotates. */
export class RefreshedKeys implements KeySource {
  problem: string | undefined;
  readonly #options: RefreshedKeysOptions;
  #set: KeySet | undefined;
  #readMs = -Infinity;
  #failedMs = -Infinity;
  #refetchedMs = -Infinity;
  #reading: Promise<KeySet | undefined> | undefined;

  constructor(options: RefreshedKeysOptions) {
    this.#options = options;
  }

  current(): KeySet | undefined {
    const { now, cacheMs, staleMs } = this.#options;
    const ageMs = now() - this.#readMs;
    if (this.#set !== undefined && ageMs >= cacheMs) void this.#read();
    return ageMs <= staleMs ? this.#set : undefined;
  }

  async load(): Promise<KeySet | undefined> {
    return this.current() ?? (await this.#read());
  }

  refetch(): Promise<KeySet | undefined> | undefined {
    const { now, refetchMs } = this.#options;
    // Whoever makes up key ids must not make us ask the provider again and again.
    if (now() - this.#refetchedMs < refetchMs) return this.#reading;
    this.#refetchedMs = now();
    return this.#read();
  }

  /** Asks once for all who wait. Never rejects. */
  #read(): Promise<KeySet | undefined> {
    const { now } = this.#options;
    if (this.#reading !== undefined) return this.#reading;
    if (now() - this.#failedMs < RETRY_MS) return Promise.resolve(undefined);
    this.#reading = this.#options
      .read()
      .then((value) => this.#take(value))
      .catch((error: unknown) => {
        this.#failedMs = now();
        this.problem = error instanceof Error ? error.message : String(error);
        return undefined;
      })
      .finally(() => {
        this.#reading = undefined;
      });
    return this.#reading;
  }

  #take(value: unknown): KeySet {
    const jwks = tryReadKeys(value);
    if (jwks === undefined) throw new Error("the answer is no JSON Web Key Set");
    const known = this.#set === undefined ? {} : { known: this.#set };
    this.#set = createKeySet(jwks, { isPublished: this.#options.isPublished, ...known });
    this.#readMs = this.#options.now();
    this.problem = undefined;
    return this.#set;
  }
}
