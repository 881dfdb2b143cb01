import type { Socket } from "node:net";

/** Up to this size parts are copied together: one system call costs more than the copy. */
const JOINED_BYTES_MAX = 65_536;

/**
 * Collects what goes to a socket during one turn and sends it with one write, since the number of
 * writes decides how many requests a core can carry. Text is written as Latin-1.
 */
export class SocketWriter {
  readonly #socket: Socket;
  #text = "";
  #parts: (Buffer | string)[] = [];
  #bytes = 0;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** The kernel did not take all that was flushed: `drain` will tell when it has. */
  get isFull(): boolean {
    return this.#socket.writableNeedDrain;
  }

  text(text: string): void {
    this.#text += text;
    this.#bytes += text.length;
  }

  bytes(bytes: Buffer): void {
    if (this.#text !== "") {
      this.#parts.push(this.#text);
      this.#text = "";
    }
    this.#parts.push(bytes);
    this.#bytes += bytes.length;
  }

  flush(): void {
    if (this.#bytes === 0) return;
    const parts = this.#parts;
    if (parts.length === 0) {
      this.#socket.write(this.#text, "latin1");
    } else {
      if (this.#text !== "") parts.push(this.#text);
      if (this.#bytes <= JOINED_BYTES_MAX) this.#socket.write(joined(parts, this.#bytes));
      else this.#writeEach(parts);
      this.#parts = [];
    }
    this.#text = "";
    this.#bytes = 0;
  }

  #writeEach(parts: readonly (Buffer | string)[]): void {
    this.#socket.cork();
    for (const part of parts) {
      if (typeof part === "string") this.#socket.write(part, "latin1");
      else this.#socket.write(part);
    }
    this.#socket.uncork();
  }
}

function joined(parts: readonly (Buffer | string)[], bytes: number): Buffer {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && typeof only !== "string") return only;
  const whole = Buffer.allocUnsafe(bytes);
  let at = 0;
  for (const part of parts) {
    at += typeof part === "string" ? whole.write(part, at, "latin1") : part.copy(whole, at);
  }
  return whole;
}
