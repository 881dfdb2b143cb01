import type { ValueHider } from "./value-hider.ts";

const structure = '{}[]:,"';
const whiteSpace = " \t\r\n";

/**
 * Redacts JSON text in place: layout, order and everything harmless stay as they were. Needs no
 * valid JSON. Of a text that was cut, the unfinished last value is dropped.
 */
export function redactJson(text: string, hider: ValueHider, isCut: boolean): string {
  return new JsonRedaction(text, hider, isCut).run();
}

interface Level {
  readonly isObject: boolean;
  /** Key of the current member, or the key that the array stands under. */
  key: string;
}

class JsonRedaction {
  readonly #text: string;
  readonly #hider: ValueHider;
  readonly #isCut: boolean;
  readonly #levels: Level[] = [];
  #output = "";
  #at = 0;
  /** In an object and before the colon. */
  #expectsKey = false;

  constructor(text: string, hider: ValueHider, isCut: boolean) {
    this.#text = text;
    this.#hider = hider;
    this.#isCut = isCut;
  }

  run(): string {
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? "";
      if (character === '"') this.#string();
      else if (structure.includes(character)) this.#mark(character);
      else if (whiteSpace.includes(character)) this.#copy(1);
      else this.#bare();
    }
    return this.#output;
  }

  #copy(length: number): void {
    this.#output += this.#text.slice(this.#at, this.#at + length);
    this.#at += length;
  }

  #mark(character: string): void {
    const level = this.#levels.at(-1);
    if (character === "{" || character === "[") {
      const isObject = character === "{";
      this.#levels.push({ isObject, key: level?.key ?? "" });
      this.#expectsKey = isObject;
    } else if (character === "}" || character === "]") {
      this.#levels.pop();
      this.#expectsKey = false;
    } else {
      this.#expectsKey = character === "," && level?.isObject === true;
    }
    this.#copy(1);
  }

  #string(): void {
    const end = endOfString(this.#text, this.#at);
    if (end === undefined) {
      const rest = this.#text.slice(this.#at);
      this.#output += this.#isCut ? '"…"' : this.#hider.text(rest);
      this.#at = this.#text.length;
      return;
    }
    const token = this.#text.slice(this.#at, end);
    this.#at = end;
    const value = decodedString(token);
    const level = this.#levels.at(-1);
    const isKey = this.#expectsKey && level !== undefined;
    if (isKey) level.key = value;
    const hidden = isKey ? this.#hider.text(value) : this.#hider.value(this.#name(), value);
    this.#output += hidden === value ? token : JSON.stringify(hidden);
  }

  /** A number, a literal, or whatever stands there in text that is no JSON. */
  #bare(): void {
    let end = this.#at;
    while (end < this.#text.length && !structure.includes(this.#text[end] ?? "")) end += 1;
    const run = this.#text.slice(this.#at, end);
    const value = run.trimEnd();
    this.#at = end;
    if (this.#isCut && end === this.#text.length) return;
    const hidden = this.#hider.value(this.#name(), value);
    this.#output += hidden === value ? run : JSON.stringify(hidden) + run.slice(value.length);
  }

  /** The key with the one above it, which is as far as classifiers look. */
  #name(): string {
    const own = this.#levels.at(-1)?.key ?? "";
    const above = this.#levels.at(-2)?.key ?? "";
    return above === "" || above === own ? own : `${above}.${own}`;
  }
}

function endOfString(text: string, start: number): number | undefined {
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at + 1;
  }
  return undefined;
}

function decodedString(token: string): string {
  try {
    const value: unknown = JSON.parse(token);
    return typeof value === "string" ? value : token;
  } catch {
    return token.slice(1, -1);
  }
}
