/** Counts how much of a sequence of bytes is text (UTF-8, or UTF-16 of ASCII), byte by byte. */
export class TextRuns {
  bytes = 0;
  textBytes = 0;
  longestRun = 0;
  #run = 0;
  #last = 0;
  /** How many bytes the UTF-8 sequence at hand still wants. */
  #wanted = 0;

  add(byte: number): void {
    const kind = kinds[byte] ?? other;
    const isWanted = (kind === continuation) === this.#wanted > 0;
    // A zero is half a character of UTF-16, two in a row are numbers in a binary format.
    const fits = kind !== other && isWanted && (byte !== 0 || this.#last !== 0);
    if (kind === continuation) this.#wanted = fits ? this.#wanted - 1 : 0;
    else this.#wanted = kind === other ? 0 : kind - 1;
    this.bytes++;
    this.#last = byte;
    this.#run = fits ? this.#run + 1 : 0;
    if (!fits) return;
    this.textBytes++;
    if (this.#run > this.longestRun) this.longestRun = this.#run;
  }
}

const other = 0;
/** 1 to 4 say how long a sequence with this first byte is. */
const continuation = 5;

const kinds: Uint8Array = createKinds();

function createKinds(): Uint8Array {
  const table = new Uint8Array(256).fill(1, 0x20, 0x7f);
  for (const code of [0x00, 0x09, 0x0a, 0x0d]) table[code] = 1;
  table.fill(continuation, 0x80, 0xc0);
  table.fill(2, 0xc2, 0xe0);
  table.fill(3, 0xe0, 0xf0);
  table.fill(4, 0xf0, 0xf5);
  return table;
}
