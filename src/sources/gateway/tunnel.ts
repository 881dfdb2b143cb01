import type { Duplex } from "node:stream";
import type { Deadlines, Expiring } from "./deadlines.ts";

/** Carries bytes of an upgraded connection both ways until either side ends. */
export class Tunnel implements Expiring {
  deadlineMs: number;
  readonly #client: Duplex;
  readonly #upstream: Duplex;
  readonly #idleMs: number;
  readonly #deadlines: Deadlines;
  readonly #onOver: (bytes: TunnelBytes) => void;
  #fromClient = 0;
  #fromUpstream = 0;
  #isOver = false;

  constructor(
    client: Duplex,
    upstream: Duplex,
    options: {
      readonly idleMs: number;
      readonly deadlines: Deadlines;
      readonly onOver: (bytes: TunnelBytes) => void;
    },
  ) {
    this.#client = client;
    this.#upstream = upstream;
    this.#idleMs = options.idleMs;
    this.#deadlines = options.deadlines;
    this.#onOver = options.onOver;
    this.deadlineMs = performance.now() + this.#idleMs;
  }

  /** Begins with what each side already said. */
  open(fromClient: Buffer, fromUpstream: Buffer): void {
    this.#deadlines.add(this);
    this.#carry(this.#client, this.#upstream, (bytes) => {
      this.#fromClient += bytes;
    });
    this.#carry(this.#upstream, this.#client, (bytes) => {
      this.#fromUpstream += bytes;
    });
    if (fromClient.length > 0) this.#upstream.write(fromClient);
    if (fromUpstream.length > 0) this.#client.write(fromUpstream);
    this.#fromClient += fromClient.length;
    this.#fromUpstream += fromUpstream.length;
    this.#client.resume();
    this.#upstream.resume();
  }

  onDeadline(): void {
    this.close();
  }

  close(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#deadlines.delete(this);
    this.#client.destroy();
    this.#upstream.destroy();
    this.#onOver({ fromClient: this.#fromClient, fromUpstream: this.#fromUpstream });
  }

  #carry(from: Duplex, to: Duplex, count: (bytes: number) => void): void {
    from.on("data", (bytes: Buffer) => {
      count(bytes.length);
      this.deadlineMs = performance.now() + this.#idleMs;
      if (!to.write(bytes)) from.pause();
    });
    to.on("drain", () => from.resume());
    from.on("end", () => to.end());
    from.on("error", () => this.close());
    from.on("close", () => this.#endAfterFlush(to));
  }

  /** One side is gone; what it said last still reaches the other. */
  #endAfterFlush(other: Duplex): void {
    if (other.writableFinished || other.destroyed) this.close();
    else other.end(() => this.close());
  }
}

export interface TunnelBytes {
  readonly fromClient: number;
  readonly fromUpstream: number;
}
