import type { Header, RequestHead, ResponseHead } from "../../src/model/exchange.ts";
import { allow, block, type Verdict } from "../../src/model/verdict.ts";
import type {
  BodyPlan,
  Connection,
  Guard,
  Outcome,
  SourceRefusal,
  Transaction,
} from "../../src/protection/guard.ts";

type GuardPhase = "requestHeaders" | "requestBody" | "responseHeaders" | "responseBody";

const order: readonly GuardPhase[] = [
  "requestHeaders",
  "requestBody",
  "responseHeaders",
  "responseBody",
];

export interface TestGuardOptions {
  readonly request?: BodyPlan;
  readonly response?: BodyPlan;
  readonly addedHeaders?: readonly Header[];
  /** Verdicts come later, as from a protection that asks a counter store. */
  readonly isAsync?: boolean;
  /** The phase in which it breaks, as no guard should. */
  readonly throwsIn?: GuardPhase;
  /** The status to block with, in this phase of this exchange. */
  readonly blocks?: (phase: GuardPhase, exchange: GuardedExchange) => number | undefined;
}

/** Everything that a guard was told of one exchange. */
export interface GuardedExchange {
  readonly id: string;
  readonly connection: Connection;
  readonly phases: readonly GuardPhase[];
  readonly head?: RequestHead;
  readonly response?: ResponseHead;
  readonly requestBody?: { readonly text: string; readonly complete: boolean };
  readonly responseBody?: { readonly text: string; readonly complete: boolean };
  readonly refusals: readonly SourceRefusal[];
  readonly outcome?: Outcome;
}

type Noted = { -readonly [Key in keyof GuardedExchange]: GuardedExchange[Key] };

/** A guard that does as told, and notes what the source did, and where it broke the contract. */
export class TestGuard implements Guard {
  readonly exchanges: GuardedExchange[] = [];
  readonly breaches: string[] = [];
  readonly #options: TestGuardOptions;

  constructor(options: TestGuardOptions = {}) {
    this.#options = options;
  }

  get closed(): readonly GuardedExchange[] {
    return this.exchanges.filter(({ outcome }) => outcome !== undefined);
  }

  get last(): GuardedExchange | undefined {
    return this.exchanges.at(-1);
  }

  open(connection: Connection): Transaction {
    const exchange: Noted = {
      id: `exchange-${this.exchanges.length + 1}`,
      connection,
      phases: [],
      refusals: [],
    };
    this.exchanges.push(exchange);
    return new TestTransaction(exchange, this.#options, this.breaches);
  }

  refused(connection: Connection, refusal: SourceRefusal): string {
    const id = `exchange-${this.exchanges.length + 1}`;
    this.exchanges.push({ id, connection, phases: [], refusals: [refusal], outcome: {} });
    return id;
  }
}

class TestTransaction implements Transaction {
  readonly #exchange: Noted;
  readonly #options: TestGuardOptions;
  readonly #breaches: string[];

  constructor(exchange: Noted, options: TestGuardOptions, breaches: string[]) {
    this.#exchange = exchange;
    this.#options = options;
    this.#breaches = breaches;
  }

  get id(): string {
    return this.#exchange.id;
  }

  requestHeaders(head: RequestHead): Verdict | Promise<Verdict> {
    this.#exchange.head = head;
    return this.#enter("requestHeaders");
  }

  requestBodyPlan(): BodyPlan {
    return this.#options.request ?? { treatment: "tap", bytesMax: 65_536 };
  }

  requestBody(bytes: Uint8Array, complete: boolean): Verdict | Promise<Verdict> {
    this.#exchange.requestBody = { text: Buffer.from(bytes).toString("latin1"), complete };
    return this.#enter("requestBody");
  }

  responseHeaders(head: ResponseHead): Verdict | Promise<Verdict> {
    this.#exchange.response = head;
    return this.#enter("responseHeaders");
  }

  addedResponseHeaders(): readonly Header[] {
    return this.#options.addedHeaders ?? [];
  }

  responseBodyPlan(): BodyPlan {
    return this.#options.response ?? { treatment: "tap", bytesMax: 65_536 };
  }

  responseBody(bytes: Uint8Array, complete: boolean): Verdict | Promise<Verdict> {
    this.#exchange.responseBody = { text: Buffer.from(bytes).toString("latin1"), complete };
    return this.#enter("responseBody");
  }

  refused(refusal: SourceRefusal): void {
    this.#exchange.refusals = [...this.#exchange.refusals, refusal];
  }

  close(outcome: Outcome = {}): void {
    if (this.#exchange.outcome !== undefined) this.#breaches.push(`${this.id} was closed twice`);
    this.#exchange.outcome = outcome;
  }

  #enter(phase: GuardPhase): Verdict | Promise<Verdict> {
    const before = this.#exchange.phases.at(-1);
    if (before !== undefined && order.indexOf(before) >= order.indexOf(phase)) {
      this.#breaches.push(`${this.id}: ${phase} after ${before}`);
    }
    if (this.#exchange.outcome !== undefined)
      this.#breaches.push(`${this.id}: ${phase} after close`);
    this.#exchange.phases = [...this.#exchange.phases, phase];
    if (phase === this.#options.throwsIn) {
      if (this.#options.isAsync === true) return Promise.reject(new Error("broken as told"));
      throw new Error("broken as told");
    }
    const status = this.#options.blocks?.(phase, this.#exchange);
    const verdict = status === undefined ? allow : block({ status, reason: "told to" });
    if (this.#options.isAsync !== true) return verdict;
    return new Promise((resolve) => setImmediate(() => resolve(verdict)));
  }
}
