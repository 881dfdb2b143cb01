import type { HeldBytes } from "./held-bytes.ts";

const nothing: Buffer = Buffer.alloc(0);

/** Keeps the beginning of a body, up to a limit of its own and the worker's budget. */
export class BodyCapture {
  /** The body waits here for the verdict; otherwise it only passed by. */
  readonly isHeld: boolean;
  readonly #bytesMax: number;
  readonly #budget: HeldBytes;
  #parts: Buffer[] = [];
  #bytes = 0;
  #missed = 0;

  constructor(bytesMax: number, budget: HeldBytes, options: { readonly isHeld: boolean }) {
    this.isHeld = options.isHeld;
    this.#bytesMax = bytesMax;
    this.#budget = budget;
  }

  /** Nothing was left out so far. */
  get isWhole(): boolean {
    return this.#missed === 0;
  }

  get isFull(): boolean {
    return this.#bytes >= this.#bytesMax;
  }

  /** How many bytes passed without being kept. */
  get bytesMissed(): number {
    return this.#missed;
  }

  /** Keeps what fits; the rest is given back and counts as missed. */
  push(bytes: Buffer): Buffer | undefined {
    const room = this.#bytesMax - this.#bytes;
    const kept = bytes.length <= room ? bytes : bytes.subarray(0, room);
    if (this.#missed > 0 || kept.length === 0 || !this.#budget.tryTake(kept.length)) {
      this.#missed += bytes.length;
      return bytes.length === 0 ? undefined : bytes;
    }
    this.#parts.push(kept);
    this.#bytes += kept.length;
    if (kept.length === bytes.length) return undefined;
    this.#missed += bytes.length - kept.length;
    return bytes.subarray(kept.length);
  }

  bytes(): Buffer {
    const [only] = this.#parts;
    if (only === undefined) return nothing;
    if (this.#parts.length > 1) this.#parts = [Buffer.concat(this.#parts, this.#bytes)];
    return this.#parts[0] ?? nothing;
  }

  /** Returns the memory to the budget. */
  release(): void {
    this.#budget.giveBack(this.#bytes);
    this.#bytes = 0;
    this.#parts = [];
  }
}
