import type { FieldPlace, FieldSink } from "./field-sink.ts";
import { isOrdinaryName } from "./field-sink.ts";
import { isJsonNumber, jsonStringOf } from "./json-literals.ts";
import { isSteeringKey } from "./steering-name.ts";

export interface JsonReading {
  readonly place: FieldPlace;
  /** What the document itself is called: `$` for a body, the outer field's name when nested. */
  readonly root: string;
  /** Stop at the first break of the grammar instead of reading what can be read. */
  readonly strict?: boolean;
}

/**
 * Adds each key and value of a JSON text, or of several one after the other (NDJSON), in one
 * pass: repeated keys all show, nesting needs no stack of calls, and broken text yields what can
 * be read. Tells whether the text kept to the grammar.
 */
export function readJson(sink: FieldSink, text: string, reading: JsonReading): boolean {
  return new JsonReader(sink, text, reading).read();
}

/** What the grammar wants next. */
const value = 0;
const valueOrEnd = 1;
const key = 2;
const keyOrEnd = 3;
const colon = 4;
const commaOrEnd = 5;
type Expectation = 0 | 1 | 2 | 3 | 4 | 5;

/** Index of a container that is an object. */
const inObject = -1;

class JsonReader {
  readonly #sink: FieldSink;
  readonly #text: string;
  readonly #place: FieldPlace;
  readonly #escapedPlace: FieldPlace;
  readonly #strict: boolean;
  readonly #hasEscapes: boolean;
  /** For each open container what its children's names start with, and the index of the next. */
  readonly #prefixes: string[] = [];
  readonly #indexes: number[] = [];
  #prefix: string;
  /** `#prefix` with the dot of a member, joined once for all members. */
  #memberPrefix = "";
  #index: number = inObject;
  #key = "";
  #isKeyOrdinary = true;
  #at = 0;
  #expects: Expectation = value;
  #wellFormed = true;
  #sawValue = false;
  /** Since the last value; only outside of containers. */
  #sawLineEnd = false;

  constructor(sink: FieldSink, text: string, { place, root, strict = false }: JsonReading) {
    this.#sink = sink;
    this.#text = text;
    this.#place = place;
    this.#escapedPlace =
      place.decoding === undefined ? { ...place, decoding: "json-escape" } : place;
    this.#prefix = root;
    this.#strict = strict;
    this.#hasEscapes = text.includes("\\");
  }

  read(): boolean {
    const { length } = this.#text;
    while (this.#at < length && (this.#wellFormed || !this.#strict)) {
      if (this.#sink.full) return this.#wellFormed;
      this.#step(this.#text.charCodeAt(this.#at));
    }
    if (!this.#strict) this.#noteState();
    return this.#wellFormed && this.#sawValue && this.#prefixes.length === 0;
  }

  #noteState(): void {
    if (!this.#wellFormed || !this.#sawValue) this.#sink.note("broken-json");
    else if (this.#prefixes.length > 0) this.#sink.note("truncated-json");
  }

  #step(code: number): void {
    if (code === 0x22) this.#readString();
    else if (code <= 0x20 && isWhitespace(code)) this.#skipWhitespace(code);
    else if (code === 0x2c) this.#readComma();
    else if (code === 0x3a) this.#readColon();
    else if (code === 0x7b) this.#open(inObject, keyOrEnd);
    else if (code === 0x7d) this.#close(this.#index === inObject, keyOrEnd);
    else if (code === 0x5b) this.#open(0, valueOrEnd);
    else if (code === 0x5d) this.#close(this.#index !== inObject, valueOrEnd);
    else this.#readBare(code);
  }

  #skipWhitespace(code: number): void {
    if (code === 0x0a && this.#expects === commaOrEnd) this.#sawLineEnd = true;
    this.#at++;
  }

  #readColon(): void {
    this.#demand(this.#expects === colon);
    this.#expects = value;
    this.#at++;
  }

  #demand(holds: boolean): void {
    if (!holds) this.#wellFormed = false;
  }

  #readComma(): void {
    this.#demand(this.#expects === commaOrEnd && this.#prefixes.length > 0);
    const isObject = this.#prefixes.length > 0 && this.#index === inObject;
    this.#expects = isObject ? key : value;
    this.#at++;
  }

  #readString(): void {
    const start = this.#at + 1;
    const end = this.#stringEnd(start);
    this.#at = end + 1;
    let raw = this.#text.slice(start, end);
    let place = this.#place;
    if (this.#hasEscapes && raw.includes("\\")) {
      // Only escapes that can hide something are worth a step; `\n` and `\"` are everyday.
      if (raw.includes("\\u")) place = this.#escapedPlace;
      const text = jsonStringOf(raw);
      this.#demand(text.wellFormed);
      raw = text.value;
    }
    if (this.#expects === key || this.#expects === keyOrEnd) this.#takeKey(raw, place);
    else this.#takeValue(raw, "string", place);
  }

  /** The closing quote, or the end of the text. */
  #stringEnd(start: number): number {
    let end = this.#text.indexOf('"', start);
    while (this.#hasEscapes && end >= 0 && this.#isEscaped(end, start)) {
      end = this.#text.indexOf('"', end + 1);
    }
    if (end >= 0) return end;
    // A string without its end makes the whole text cut, which the open containers tell.
    if (this.#prefixes.length === 0) this.#wellFormed = false;
    return this.#text.length;
  }

  #isEscaped(quote: number, start: number): boolean {
    let at = quote - 1;
    while (at >= start && this.#text.charCodeAt(at) === 0x5c) at--;
    return (quote - at) % 2 === 0;
  }

  #takeKey(name: string, place: FieldPlace): void {
    this.#key = name;
    this.#expects = colon;
    this.#isKeyOrdinary = isOrdinaryName(name);
    if (this.#isKeyOrdinary) {
      if (isSteeringKey(name)) this.#sink.name(place, this.#childName(), this.#steeringPath(name));
      // The usual case, taken here to save a turn of the loop.
      if (this.#text.charCodeAt(this.#at) === 0x3a) {
        this.#at++;
        this.#expects = value;
      }
      return;
    }
    this.#sink.name(place, this.#childName(), name);
  }

  /** With its parent: `prototype` alone is a word, `constructor.prototype` is not. */
  #steeringPath(name: string): string {
    const parent = this.#prefix.slice(this.#prefix.lastIndexOf(".") + 1);
    return parent === "$" || parent === "" ? name : `${parent}.${name}`;
  }

  #takeValue(text: string, type: "string" | "number" | "boolean" | "null", place: FieldPlace) {
    this.#demand(this.#expects <= valueOrEnd || this.#isNextDocument());
    this.#sink.value(place, this.#childName(), text, type);
    this.#valueEnds();
  }

  #valueEnds(): void {
    if (this.#index >= 0) this.#index++;
    this.#sawValue = true;
    this.#sawLineEnd = false;
    this.#expects = commaOrEnd;
  }

  /** NDJSON and JSON sequences: a value may follow a whole one. */
  #isNextDocument(): boolean {
    return this.#prefixes.length === 0 && this.#sawLineEnd;
  }

  #childName(): string {
    if (this.#prefixes.length === 0) return this.#prefix;
    if (this.#index >= 0) return `${this.#prefix}[${this.#index}]`;
    return this.#isKeyOrdinary
      ? this.#memberPrefix + this.#key
      : `${this.#prefix}["${this.#key.slice(0, this.#sink.limits.nameCharsMax)}"]`;
  }

  #open(index: number, expects: Expectation): void {
    this.#demand(this.#expects <= valueOrEnd || this.#isNextDocument());
    let name = this.#childName();
    if (this.#prefixes.length >= this.#sink.limits.jsonDepthMax) {
      this.#sink.note("json-too-deep");
      name = this.#prefix;
    }
    this.#prefixes.push(this.#prefix);
    this.#indexes.push(this.#index);
    // Cut here, or a long name would be copied for each of its children.
    const { nameCharsMax } = this.#sink.limits;
    this.#prefix = name.length > nameCharsMax ? name.slice(0, nameCharsMax) : name;
    if (index === inObject) this.#memberPrefix = `${this.#prefix}.`;
    this.#index = index;
    this.#expects = expects;
    this.#at++;
  }

  #close(isRightKind: boolean, emptyState: Expectation): void {
    this.#at++;
    const prefix = this.#prefixes.pop();
    this.#demand(
      prefix !== undefined &&
        isRightKind &&
        (this.#expects === commaOrEnd || this.#expects === emptyState),
    );
    if (prefix === undefined) return;
    this.#prefix = prefix;
    this.#index = this.#indexes.pop() ?? inObject;
    if (this.#index === inObject) this.#memberPrefix = `${prefix}.`;
    this.#valueEnds();
  }

  /** A number, `true`, `false`, `null`, or something that is no JSON, up to the next delimiter. */
  #readBare(code: number): void {
    const start = this.#at;
    const isKey = this.#expects === key || this.#expects === keyOrEnd;
    const end = code === 0x27 ? this.#singleQuotedEnd(start) : this.#bareEnd(start, isKey);
    this.#at = end;
    const token = this.#text.slice(start, end).trimEnd();
    const type = this.#typeOf(code, token);
    if (type === undefined || isKey) {
      this.#wellFormed = false;
      const quote = code === 0x27 || code === 0x60 ? 1 : 0;
      const unquoted = token.slice(quote, token.length - quote);
      if (isKey) this.#takeKey(unquoted, this.#place);
      else this.#takeValue(unquoted, "string", this.#place);
    } else {
      this.#takeValue(token, type, this.#place);
    }
  }

  #typeOf(code: number, token: string): "number" | "boolean" | "null" | undefined {
    if (code === 0x2d || (code >= 0x30 && code <= 0x39)) {
      return isJsonNumber(token) ? "number" : undefined;
    }
    if (token === "true" || token === "false") return "boolean";
    return token === "null" ? "null" : undefined;
  }

  #bareEnd(start: number, isKey: boolean): number {
    let end = start + 1;
    for (; end < this.#text.length; end++) {
      const code = this.#text.charCodeAt(end);
      if (code === 0x2c || code === 0x5d || code === 0x7d || code === 0x0a || code === 0x0d) break;
      if (isKey && code === 0x3a) break;
    }
    return end;
  }

  #singleQuotedEnd(start: number): number {
    const end = this.#text.indexOf("'", start + 1);
    return end < 0 ? this.#text.length : end + 1;
  }
}

function isWhitespace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
