import type { GatewayCounters } from "./gateway-counters.ts";

/** The memory that one worker may spend on bodies it holds or keeps. */
export class HeldBytes {
  readonly #counters: GatewayCounters;
  bytesMax: number;
  #bytes = 0;

  constructor(counters: GatewayCounters, bytesMax: number) {
    this.#counters = counters;
    this.bytesMax = bytesMax;
  }

  tryTake(bytes: number): boolean {
    if (this.#bytes + bytes > this.bytesMax) return false;
    this.#bytes += bytes;
    this.#counters.add("heldBytes", bytes);
    return true;
  }

  giveBack(bytes: number): void {
    this.#bytes -= bytes;
    this.#counters.add("heldBytes", -bytes);
  }
}
