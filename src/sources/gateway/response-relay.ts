import type { Header } from "../../model/exchange.ts";
import type { Block, Verdict } from "../../model/verdict.ts";
import type { Transaction } from "../../protection/guard.ts";
import { BodyCapture } from "./body-capture.ts";
import type { ClientStream } from "./client-stream.ts";
import type { HeaderLines } from "./header-lines.ts";
import type { HeldBytes } from "./held-bytes.ts";
import { withReplacedBody } from "./replaced-response.ts";
import type { UpstreamResponse } from "./strict-response.ts";
import type { UpstreamConnection } from "./upstream-connection.ts";

/** The exchange that a response belongs to. */
export interface ResponseOwner {
  /** The upstream has to send, or the client to read, before the next deadline. */
  awaitResponseBody(): void;
  awaitClient(): void;
  onResponseBlocked(verdict: Block): void;
  onResponseOver(): void;
  onBroken(error: unknown): void;
}

/** Carries a response to the client as the guard's verdicts and body plan say. */
export class ResponseRelay {
  isHeadSent = false;
  bytesTotal = 0;
  readonly #owner: ResponseOwner;
  readonly #client: ClientStream;
  readonly #transaction: Transaction;
  readonly #held: HeldBytes;
  #response: UpstreamResponse;
  /** Undefined once the upstream has nothing more to say. */
  #connection: UpstreamConnection | undefined;
  #capture: BodyCapture | undefined;
  #isHolding = false;
  /** A verdict is awaited: what arrives meanwhile is kept in order. */
  #isAwaiting = false;
  #arrived: Buffer[] = [];
  #hasEnded = false;
  #trailers: HeaderLines | undefined;
  #isOver = false;

  constructor(
    owner: ResponseOwner,
    response: UpstreamResponse,
    parts: {
      readonly client: ClientStream;
      readonly transaction: Transaction;
      readonly held: HeldBytes;
      readonly connection: UpstreamConnection;
    },
  ) {
    this.#owner = owner;
    this.#response = response;
    this.#client = parts.client;
    this.#transaction = parts.transaction;
    this.#held = parts.held;
    this.#connection = parts.connection;
  }

  /** Asks for the verdict about the head, after the phase before it is through. */
  begin(before: Promise<unknown> | undefined): void {
    if (before === undefined) {
      this.#settle(this.#judgeHead(), this.#afterHead);
    } else {
      this.#settle(
        before.then(() => this.#judgeHead()),
        this.#afterHead,
      );
    }
  }

  push(bytes: Buffer): void {
    if (this.#isAwaiting) {
      this.#arrived.push(bytes);
      return;
    }
    this.bytesTotal += bytes.length;
    this.#owner.awaitResponseBody();
    if (this.#isHolding) {
      const rest = this.#capture?.push(bytes);
      if (rest !== undefined) this.#arrived.push(rest);
      if (rest !== undefined || this.#capture?.isFull === true) this.#judgeHeldBody(false);
      return;
    }
    this.#capture?.push(bytes);
    this.#client.sendBody(bytes);
  }

  /** Sends what was gathered; a client that does not keep up stops the upstream. */
  flush(): void {
    this.#client.flush();
    if (this.#connection === undefined || !this.#client.isFull) return;
    this.#connection.pause();
    this.#owner.awaitClient();
  }

  end(trailers: HeaderLines | undefined): void {
    this.#connection = undefined;
    this.#hasEnded = true;
    this.#trailers = trailers;
    if (this.#isAwaiting) return;
    if (this.#isHolding) this.#judgeHeldBody(true);
    else this.#finish();
  }

  /** The client reads again. */
  resume(): void {
    if (this.#isAwaiting || this.#connection === undefined) return;
    this.#owner.awaitResponseBody();
    this.#connection.resume();
  }

  /** Nothing more goes to the client; returns what was kept. */
  stop(): void {
    this.#isOver = true;
    this.#capture?.release();
    this.#capture = undefined;
    this.#arrived = [];
  }

  #judgeHead(): Verdict | Promise<Verdict> {
    const { status, lines } = this.#response;
    return this.#transaction.responseHeaders({ status, headers: lines.headers });
  }

  #afterHead(verdict: Verdict): void {
    if (verdict.action === "block") {
      this.#owner.onResponseBlocked(verdict);
      return;
    }
    if (this.#response.framing.kind !== "none") {
      const plan = this.#transaction.responseBodyPlan();
      this.#isHolding = plan.treatment === "hold" && plan.bytesMax > 0;
      if (plan.treatment !== "skip") {
        this.#capture = new BodyCapture(plan.bytesMax, this.#held, { isHeld: this.#isHolding });
      }
    }
    if (!this.#isHolding) this.#sendHead();
  }

  #judgeHeldBody(isComplete: boolean): void {
    const bytes = this.#capture?.bytes() ?? Buffer.alloc(0);
    this.#settle(this.#transaction.responseBody(bytes, isComplete), this.#afterHeldBody);
  }

  #afterHeldBody(verdict: Verdict): void {
    if (verdict.action === "block") {
      this.#owner.onResponseBlocked(verdict);
      return;
    }
    this.#isHolding = false;
    const replaced = this.#hasEnded ? verdict.replaceBody : undefined;
    if (replaced !== undefined) {
      this.#response = withReplacedBody(this.#response, replaced.length);
      this.#trailers = undefined;
    }
    this.#sendHead();
    const held = this.#capture?.bytes() ?? Buffer.alloc(0);
    this.#client.sendBody(replaced === undefined ? held : Buffer.from(replaced));
    this.#capture?.release();
    this.#capture = undefined;
  }

  #sendHead(): void {
    this.isHeadSent = true;
    this.#client.sendHead(withAdded(this.#response, this.#transaction.addedResponseHeaders()));
  }

  #finish(): void {
    this.#client.sendEnd(this.#trailers);
    // The client has its answer before anybody reads what it was.
    this.#client.flush();
    const capture = this.#capture;
    if (capture !== undefined) {
      const verdict = this.#transaction.responseBody(capture.bytes(), capture.isWhole);
      if (verdict instanceof Promise) {
        verdict.then(
          () => this.#owner.onResponseOver(),
          (error: unknown) => this.#owner.onBroken(error),
        );
        return;
      }
    }
    this.#owner.onResponseOver();
  }

  /** Goes on with a verdict, and then with whatever arrived while it was awaited. */
  #settle(verdict: Verdict | Promise<Verdict>, next: (this: this, verdict: Verdict) => void): void {
    if (!(verdict instanceof Promise)) {
      next.call(this, verdict);
      if (this.#arrived.length > 0 || this.#hasEnded) this.#goOn();
      return;
    }
    this.#isAwaiting = true;
    this.#connection?.pause();
    verdict
      .then((settled) => {
        if (this.#isOver) return;
        next.call(this, settled);
        this.#goOn();
        if (this.#isAwaiting || this.#isOver) return;
        this.#connection?.resume();
        this.flush();
      })
      .catch((error: unknown) => this.#owner.onBroken(error));
  }

  #goOn(): void {
    this.#isAwaiting = false;
    if (this.#isOver) return;
    const arrived = this.#arrived;
    this.#arrived = [];
    for (const bytes of arrived) this.push(bytes);
    if (this.#isAwaiting || this.#isOver) return;
    if (!this.#hasEnded) return;
    if (this.#isHolding) this.#judgeHeldBody(true);
    else this.#finish();
  }
}

function withAdded(response: UpstreamResponse, added: readonly Header[]): UpstreamResponse {
  if (added.length === 0) return response;
  const { names, headers } = response.lines;
  return {
    ...response,
    lines: {
      names: [...names, ...added.map(([name]) => name)],
      headers: [...headers, ...added],
    },
  };
}
