import type { Body } from "../../../model/exchange.ts";
import type { CaptureContext } from "./capture-context.ts";

/** Bytes of a body that are kept; of the rest only the number is. */
const bodyBytesMax = 1_048_576;

/** A body as it comes in, within what all bodies together may hold. */
export class CapturedBody {
  readonly #budget: CaptureContext["budget"];
  #pieces: Buffer[] = [];
  #held = 0;
  #total = 0;
  #hasGap = false;

  constructor({ budget }: CaptureContext) {
    this.#budget = budget;
  }

  push(bytes: Buffer): void {
    this.#total += bytes.length;
    const room = Math.min(bodyBytesMax - this.#held, this.#budget.bytesLeft, bytes.length);
    // Behind a gap nothing is kept: the pieces would not belong together.
    if (room <= 0 || this.#hasGap) return;
    this.#pieces.push(Buffer.from(bytes.subarray(0, room)));
    this.#held += room;
    this.#budget.bytesLeft -= room;
    if (room < bytes.length) this.#hasGap = true;
  }

  skip(bytes: number): void {
    this.#total += bytes;
    this.#hasGap = true;
  }

  /** The body, whose bytes then no longer count as held; `undefined` when there was none. */
  take(): { readonly body?: Body } {
    this.#budget.bytesLeft += this.#held;
    const bytes = Buffer.concat(this.#pieces, this.#held);
    this.#pieces = [];
    this.#held = 0;
    return this.#total === 0 ? {} : { body: { bytes, bytesTotal: this.#total } };
  }
}
