import type { CaptureProblem, Packet, PacketScanner } from "./packet.ts";

const headBytes = 4;

/** Chooses between scanners by the first bytes. */
export class LateScanner implements PacketScanner {
  readonly #choose: (head: Buffer) => PacketScanner | undefined;
  #scanner: PacketScanner | undefined;
  #head: Buffer = Buffer.alloc(0);
  #isUnknown = false;

  constructor(choose: (head: Buffer) => PacketScanner | undefined) {
    this.#choose = choose;
  }

  *push(chunk: Buffer): Generator<Packet | CaptureProblem> {
    if (this.#isUnknown) return;
    if (this.#scanner !== undefined) {
      yield* this.#scanner.push(chunk);
      return;
    }
    this.#head = Buffer.concat([this.#head, chunk]);
    if (this.#head.length < headBytes) return;
    this.#scanner = this.#choose(this.#head);
    if (this.#scanner !== undefined) {
      yield* this.#scanner.push(this.#head);
      return;
    }
    this.#isUnknown = true;
    yield { problem: "neither pcap nor pcapng", number: 1 };
  }

  *end(): Generator<Packet | CaptureProblem> {
    if (this.#scanner !== undefined) yield* this.#scanner.end();
    else if (!this.#isUnknown) yield { problem: "too short for a capture", number: 1 };
  }
}
