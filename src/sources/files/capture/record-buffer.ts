/** Holds the bytes of a stream until a record of known length is complete. */
export class RecordBuffer {
  #parts: Buffer[] = [];
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  push(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#parts.push(chunk);
    this.#bytes += chunk.length;
  }

  /** The next bytes without taking them; `undefined` while there are fewer. */
  peek(length: number): Buffer | undefined {
    if (this.#bytes < length) return undefined;
    const [first] = this.#parts;
    if (first !== undefined && first.length >= length) return first.subarray(0, length);
    const all = Buffer.concat(this.#parts, this.#bytes);
    this.#parts = [all];
    return all.subarray(0, length);
  }

  take(length: number): Buffer | undefined {
    const taken = this.peek(length);
    if (taken !== undefined) this.drop(length);
    return taken;
  }

  /** Forgets up to so many bytes; tells how many there were. */
  drop(length: number): number {
    let left = Math.min(length, this.#bytes);
    const dropped = left;
    this.#bytes -= left;
    while (left > 0) {
      const first = this.#parts[0];
      if (first === undefined) break;
      if (first.length > left) {
        this.#parts[0] = first.subarray(left);
        break;
      }
      left -= first.length;
      this.#parts.shift();
    }
    return dropped;
  }
}
