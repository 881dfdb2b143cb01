/** What the structure of a JSON text amounts to, before anybody builds it in memory. */
export interface JsonStructure {
  readonly depth: number;
  /** Most members of one object. */
  readonly objectKeys: number;
  /** Most elements of one array. */
  readonly arrayItems: number;
  /** Keys and values of the whole text. */
  readonly nodes: number;
  /** Characters of the longest string, escapes as written. */
  readonly stringChars: number;
  /** Characters of the longest number. */
  readonly numberChars: number;
  /** A key that stands twice in one object: parsers differ on which of the two counts. */
  readonly duplicateKey?: string;
}

/** Deeper texts are not followed: `depth` tells that there is more. */
const depthFollowedMax = 1_000;

/**
 * Measures a JSON text in one pass, without a stack of calls. It counts and does not check the
 * grammar: of a broken text it tells what can be told.
 */
export function jsonStructureOf(text: string): JsonStructure {
  return new JsonMeasure(text).measure();
}

interface Container {
  /** Keys seen in an object; undefined in an array. */
  readonly keys: SeenKeys | undefined;
  count: number;
  /** Only in an object: the next string is a key. */
  expectsKey: boolean;
}

/** Objects with fewer keys are searched through, which is cheaper than to hash each key. */
const keysSearchedMax = 8;

class SeenKeys {
  readonly #few: string[] = [];
  #many: Set<string> | undefined;

  /** False for a key that was there before. */
  add(key: string): boolean {
    if (this.#many !== undefined) {
      const before = this.#many.size;
      return this.#many.add(key).size > before;
    }
    if (this.#few.includes(key)) return false;
    this.#few.push(key);
    if (this.#few.length > keysSearchedMax) this.#many = new Set(this.#few);
    return true;
  }
}

class JsonMeasure {
  readonly #text: string;
  readonly #hasEscapes: boolean;
  readonly #open: Container[] = [];
  #at = 0;
  #depth = 0;
  #objectKeys = 0;
  #arrayItems = 0;
  #nodes = 0;
  #stringChars = 0;
  #numberChars = 0;
  #duplicateKey: string | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#hasEscapes = text.includes("\\");
  }

  measure(): JsonStructure {
    const { length } = this.#text;
    while (this.#at < length && this.#open.length < depthFollowedMax) {
      this.#step(this.#text.charCodeAt(this.#at));
    }
    return {
      depth: this.#depth,
      objectKeys: this.#objectKeys,
      arrayItems: this.#arrayItems,
      nodes: this.#nodes,
      stringChars: this.#stringChars,
      numberChars: this.#numberChars,
      ...(this.#duplicateKey === undefined ? {} : { duplicateKey: this.#duplicateKey }),
    };
  }

  #step(code: number): void {
    if (code === 0x22) this.#readString();
    else if (code === 0x7b) this.#enter({ keys: new SeenKeys(), count: 0, expectsKey: true });
    else if (code === 0x5b) this.#enter({ keys: undefined, count: 0, expectsKey: false });
    else if (code === 0x7d || code === 0x5d) this.#leave();
    else if (code === 0x2c) this.#comma();
    else if (code <= 0x20 || code === 0x3a) this.#at += 1;
    else this.#readBare();
  }

  #enter(container: Container): void {
    this.#countValue();
    this.#open.push(container);
    this.#depth = Math.max(this.#depth, this.#open.length);
    this.#at += 1;
  }

  #leave(): void {
    this.#open.pop();
    this.#at += 1;
  }

  #comma(): void {
    const container = this.#open.at(-1);
    if (container?.keys !== undefined) container.expectsKey = true;
    this.#at += 1;
  }

  #readString(): void {
    const start = this.#at + 1;
    const end = this.#hasEscapes ? stringEnd(this.#text, start) : quoteAt(this.#text, start);
    this.#at = end + 1;
    if (end - start > this.#stringChars) this.#stringChars = end - start;
    const container = this.#open.at(-1);
    if (container?.keys !== undefined && container.expectsKey) {
      this.#countKey(container, container.keys, this.#text.slice(start, end));
    } else this.#countValue();
  }

  #countKey(container: Container, keys: SeenKeys, raw: string): void {
    container.expectsKey = false;
    container.count += 1;
    this.#nodes += 1;
    if (container.count > this.#objectKeys) this.#objectKeys = container.count;
    const key = this.#hasEscapes && raw.includes("\\") ? unescaped(raw) : raw;
    if (!keys.add(key)) this.#duplicateKey ??= key;
  }

  #countValue(): void {
    this.#nodes += 1;
    const container = this.#open.at(-1);
    if (container === undefined || container.keys !== undefined) return;
    container.count += 1;
    if (container.count > this.#arrayItems) this.#arrayItems = container.count;
  }

  #readBare(): void {
    const start = this.#at;
    const first = this.#text.charCodeAt(start);
    let end = start + 1;
    while (end < this.#text.length && !isDelimiter(this.#text.charCodeAt(end))) end += 1;
    this.#at = end;
    const isNumber = first === 0x2d || (first >= 0x30 && first <= 0x39);
    if (isNumber && end - start > this.#numberChars) this.#numberChars = end - start;
    this.#countValue();
  }
}

function quoteAt(text: string, from: number): number {
  const end = text.indexOf('"', from);
  return end < 0 ? text.length : end;
}

/** The closing quote, or the end of the text. */
function stringEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at;
    if (code === 0x5c) at += 1;
  }
  return text.length;
}

function isDelimiter(code: number): boolean {
  return code === 0x2c || code === 0x5d || code === 0x7d || code === 0x3a || code <= 0x20;
}

/** Two spellings of one key are one key. */
function unescaped(raw: string): string {
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return raw;
  }
}
