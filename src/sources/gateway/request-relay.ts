import type { Block, Verdict } from "../../model/verdict.ts";
import type { SourceRefusal, Transaction } from "../../protection/guard.ts";
import { BodyCapture } from "./body-capture.ts";
import type { ClientStream } from "./client-stream.ts";
import type { GatewayRuntime } from "./gateway-runtime.ts";
import type { HeaderLines } from "./header-lines.ts";
import { bodyTooLong, noMemory } from "./own-refusals.ts";
import type { UpstreamConnection } from "./upstream-connection.ts";

/** The exchange that a request belongs to. */
export interface RequestOwner {
  /** The client has to send, or the upstream to read or answer, before the next deadline. */
  awaitRequestBody(): void;
  awaitUpstream(): void;
  /** The held beginning of the body may go on to an upstream. */
  onHeldBodyAllowed(): void;
  onRequestBlocked(verdict: Block): void;
  onRequestRefused(refusal: SourceRefusal): void;
  onBroken(error: unknown): void;
}

/** Carries a request body to the upstream as the guard's body plan says: skipped, tapped or held. */
export class RequestRelay {
  isDone = false;
  bytesTotal = 0;
  /** The verdict about a body that passed already, while it is awaited. */
  pendingVerdict: Promise<Verdict> | undefined;
  readonly #owner: RequestOwner;
  readonly #client: ClientStream;
  readonly #transaction: Transaction;
  readonly #runtime: GatewayRuntime;
  readonly #bodyBytesMax: number;
  #capture: BodyCapture | undefined;
  #isHolding = false;
  #trailers: HeaderLines | undefined;
  /** What came after the part that was held, until the upstream is there. */
  #beyondHeld: Buffer[] = [];
  #connection: UpstreamConnection | undefined;

  constructor(
    owner: RequestOwner,
    parts: {
      readonly client: ClientStream;
      readonly transaction: Transaction;
      readonly runtime: GatewayRuntime;
      readonly hasBody: boolean;
    },
  ) {
    this.#owner = owner;
    this.#client = parts.client;
    this.#transaction = parts.transaction;
    this.#runtime = parts.runtime;
    this.#bodyBytesMax = parts.runtime.settings.limits.bodyBytesMax ?? Infinity;
    if (!parts.hasBody) this.isDone = true;
  }

  /** The body waits here for a verdict before an upstream is asked for. */
  get isHolding(): boolean {
    return this.#isHolding;
  }

  get wasHeld(): boolean {
    return this.#capture?.isHeld === true;
  }

  /** All that was sent is still at hand. */
  get canRepeat(): boolean {
    return (
      this.isDone && (this.bytesTotal === 0 || (this.wasHeld && this.#capture?.isWhole === true))
    );
  }

  /** Takes over the plan, once the verdict about the head allows it to be asked. */
  plan(): void {
    if (this.isDone) return;
    const { treatment, bytesMax } = this.#transaction.requestBodyPlan();
    if (treatment === "skip") return;
    const kept = Math.min(bytesMax, this.#runtime.settings.limits.bodyBytesInspectedMax);
    this.#isHolding = treatment === "hold" && kept > 0;
    this.#capture = new BodyCapture(kept, this.#runtime.held, { isHeld: this.#isHolding });
  }

  push(bytes: Buffer): void {
    this.bytesTotal += bytes.length;
    if (this.bytesTotal > this.#bodyBytesMax) {
      this.#owner.onRequestRefused(bodyTooLong);
      return;
    }
    if (this.#isHolding) {
      this.#hold(bytes);
      return;
    }
    const connection = this.#connection;
    if (connection === undefined) {
      // At most the rest of one read: reading stopped when the verdict was asked for.
      this.#beyondHeld.push(bytes);
      return;
    }
    this.#capture?.push(bytes);
    connection.sendBody(bytes);
    this.#owner.awaitRequestBody();
  }

  /** Sends what was gathered; an upstream that does not keep up stops the client. */
  flush(): void {
    const connection = this.#connection;
    if (connection === undefined) return;
    connection.flush();
    if (this.isDone || !connection.isFull) return;
    this.#client.pauseBody();
    this.#owner.awaitUpstream();
  }

  end(trailers: HeaderLines | undefined): void {
    this.isDone = true;
    this.#trailers = trailers;
    if (this.#isHolding) this.#judgeHeldBody();
    const connection = this.#connection;
    if (connection === undefined) return;
    connection.sendEnd(trailers);
    // The upstream works while the body is inspected.
    connection.flush();
    this.#owner.awaitUpstream();
    this.judgeTappedBody();
  }

  /** Sends what is at hand of the body, and asks the client for the rest. */
  connect(connection: UpstreamConnection): void {
    this.#connection = connection;
    const capture = this.#capture;
    if (capture?.isHeld !== true) {
      if (this.isDone) connection.sendEnd(undefined);
      else this.#client.readBody();
      return;
    }
    connection.sendBody(capture.bytes());
    for (const bytes of this.#beyondHeld) connection.sendBody(bytes);
    this.#beyondHeld = [];
    this.#countUninspected(capture);
    if (this.isDone) {
      connection.sendEnd(this.#trailers);
      return;
    }
    this.release();
    this.#client.resumeBody();
  }

  disconnect(): void {
    this.#connection = undefined;
  }

  /** The upstream takes bytes again. */
  resume(): void {
    if (this.isDone || this.#connection === undefined) return;
    this.#owner.awaitRequestBody();
    this.#client.resumeBody();
  }

  /** The request-body phase of a body that passes by; at the latest when the response begins. */
  judgeTappedBody(): void {
    const capture = this.#capture;
    if (capture === undefined || capture.isHeld) return;
    this.#capture = undefined;
    this.#countUninspected(capture);
    const verdict = this.#transaction.requestBody(capture.bytes(), this.isDone && capture.isWhole);
    capture.release();
    if (!(verdict instanceof Promise)) return;
    this.pendingVerdict = verdict;
    verdict.catch((error: unknown) => this.#owner.onBroken(error));
  }

  /** Returns the memory of what was kept. */
  release(): void {
    this.#capture?.release();
    this.#capture = undefined;
    this.#beyondHeld = [];
  }

  #hold(bytes: Buffer): void {
    this.#owner.awaitRequestBody();
    const rest = this.#capture?.push(bytes);
    if (rest === undefined) return;
    if (this.#capture?.isFull === true) {
      this.#beyondHeld.push(rest);
      this.#judgeHeldBody();
    } else {
      this.#owner.onRequestRefused(noMemory);
    }
  }

  #judgeHeldBody(): void {
    this.#isHolding = false;
    if (!this.isDone) this.#client.pauseBody();
    this.#owner.awaitUpstream();
    const capture = this.#capture;
    if (capture === undefined) return;
    const verdict = this.#transaction.requestBody(capture.bytes(), this.isDone && capture.isWhole);
    if (!(verdict instanceof Promise)) {
      this.#afterHeldBody(verdict);
      return;
    }
    verdict
      .then((settled) => this.#afterHeldBody(settled))
      .catch((error: unknown) => this.#owner.onBroken(error));
  }

  #afterHeldBody(verdict: Verdict): void {
    if (verdict.action === "block") this.#owner.onRequestBlocked(verdict);
    else this.#owner.onHeldBodyAllowed();
  }

  #countUninspected(capture: BodyCapture): void {
    if (capture.isWhole && this.isDone) return;
    this.#runtime.counters.add("bodiesUninspected");
    this.#runtime.counters.add("bodyBytesUninspected", capture.bytesMissed);
  }
}
