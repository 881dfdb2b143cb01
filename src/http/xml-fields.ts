import type { FieldPlace, FieldSink } from "./field-sink.ts";
import { htmlDecoded, xmlCharacters } from "./html-entities.ts";
import { entitiesOf, expandedEntities } from "./xml-entities.ts";

/**
 * Adds texts, attributes, comments, processing instructions and the document type declaration of
 * an XML text under paths such as `/Envelope/Body/id` and `/Envelope/Body/id/@type`. A scanner,
 * not a validator: nothing external is ever read, and broken XML yields what can be read.
 */
export function readXml(sink: FieldSink, text: string, place: FieldPlace): void {
  new XmlReader(sink, text, place).read();
}

/** Deeper elements keep the path of this depth. */
const pathDepthMax = 64;

class XmlReader {
  readonly #sink: FieldSink;
  readonly #text: string;
  readonly #place: FieldPlace;
  #entities: ReadonlyMap<string, string> = xmlCharacters;
  readonly #parents: string[] = [];
  #path = "";
  #entityCharsLeft: number;
  #at = 0;

  constructor(sink: FieldSink, text: string, place: FieldPlace) {
    this.#sink = sink;
    this.#text = text;
    this.#place = place;
    this.#entityCharsLeft = sink.limits.entityCharsMax;
  }

  read(): void {
    while (this.#at < this.#text.length && !this.#sink.full) {
      const open = this.#text.indexOf("<", this.#at);
      this.#readText(open < 0 ? this.#text.length : open);
      if (open >= 0) this.#readMarkup();
    }
    if (this.#parents.length > 0 && !this.#sink.full) this.#sink.note("broken-xml");
  }

  #readText(end: number): void {
    const text = this.#text.slice(this.#at, end);
    this.#at = end;
    if (text.trim() !== "") this.#value(this.#path === "" ? "/" : this.#path, text);
  }

  #readMarkup(): void {
    const kind = this.#text.charCodeAt(this.#at + 1);
    if (kind === 0x21) this.#readDeclaration();
    else if (kind === 0x3f) this.#readEnclosed("<?", "?>", "?");
    else if (kind === 0x2f) this.#readEndTag();
    else this.#readStartTag();
  }

  #readDeclaration(): void {
    if (this.#text.startsWith("<!--", this.#at)) this.#readEnclosed("<!--", "-->", "#comment");
    else if (this.#text.startsWith("<![CDATA[", this.#at)) this.#readCdata();
    else this.#readDoctype();
  }

  /** Adds what stands between two marks; comments too, which some handlers hand to the application. */
  #readEnclosed(open: string, close: string, name: string): void {
    const content = this.#takeUntil(open, close);
    const isDeclaration = name === "?" && content.startsWith("xml ");
    if (!isDeclaration && content.trim() !== "") {
      this.#sink.value(this.#place, `${this.#path}/${name}`, content);
    }
  }

  #readCdata(): void {
    const content = this.#takeUntil("<![CDATA[", "]]>");
    if (content !== "") this.#sink.value(this.#place, this.#path, content);
  }

  #takeUntil(open: string, close: string): string {
    const start = this.#at + open.length;
    const end = this.#text.indexOf(close, start);
    if (end < 0) this.#sink.note("broken-xml");
    this.#at = end < 0 ? this.#text.length : end + close.length;
    return this.#text.slice(start, end < 0 ? this.#text.length : end);
  }

  /** The declaration is a field as it stands, so that an external entity can be recognised. */
  #readDoctype(): void {
    const end = doctypeEnd(this.#text, this.#at);
    if (end < 0) this.#sink.note("broken-xml");
    const declaration = this.#text.slice(this.#at, end < 0 ? this.#text.length : end + 1);
    this.#at += declaration.length;
    this.#sink.value(this.#place, "!DOCTYPE", declaration);
    const entities = entitiesOf(declaration);
    if (entities.size === 0) return;
    for (const [name, value] of entities) {
      this.#sink.value(this.#place, `!ENTITY ${name}`, value);
    }
    const expanded = expandedEntities(entities, this.#sink.limits.entityCharsMax);
    if (expanded.cut) this.#sink.note("xml-entities-expand-too-far");
    this.#entities = expanded.values;
  }

  #readEndTag(): void {
    this.#takeUntil("</", ">");
    this.#path = this.#parents.pop() ?? "";
  }

  #readStartTag(): void {
    const start = this.#at + 1;
    const nameEnd = xmlNameEnd(this.#text, start);
    if (nameEnd === start) {
      // A lone `<` is text that was not escaped.
      this.#sink.note("broken-xml");
      const open = this.#text.indexOf("<", start);
      this.#readText(open < 0 ? this.#text.length : open);
      return;
    }
    const parent = this.#path;
    const name = this.#text.slice(start, nameEnd);
    if (this.#parents.length < pathDepthMax) {
      // Cut here, or a long name would be copied for each of its children.
      this.#path = `${parent}/${localNameOf(name)}`.slice(0, this.#sink.limits.nameCharsMax);
    }
    this.#sink.name(this.#place, this.#path, name);
    this.#at = nameEnd;
    const isEmpty = this.#readAttributes();
    if (isEmpty) this.#path = parent;
    else this.#parents.push(parent);
  }

  /** Reads to behind the tag's `>` and tells whether it was an empty element's. */
  #readAttributes(): boolean {
    const text = this.#text;
    while (this.#at < text.length) {
      const code = text.charCodeAt(this.#at);
      if (code === 0x3e) {
        this.#at++;
        return text.charCodeAt(this.#at - 2) === 0x2f;
      }
      if (code <= 0x20 || code === 0x2f) this.#at++;
      else this.#readAttribute();
      if (this.#sink.full) return false;
    }
    this.#sink.note("broken-xml");
    return false;
  }

  #readAttribute(): void {
    const start = this.#at;
    let end = start;
    while (end < this.#text.length && !isAttributeNameEnd(this.#text.charCodeAt(end))) end++;
    const name = this.#text.slice(start, end);
    while (this.#text.charCodeAt(end) <= 0x20) end++;
    if (this.#text.charCodeAt(end) !== 0x3d) {
      this.#sink.note("broken-xml");
      this.#value(`${this.#path}/@${name}`, "");
      this.#at = Math.max(end, start + 1);
      return;
    }
    end++;
    while (this.#text.charCodeAt(end) <= 0x20) end++;
    this.#at = end;
    this.#sink.name(this.#place, `${this.#path}/@${name}`, name);
    this.#value(`${this.#path}/@${name}`, this.#takeAttributeValue());
  }

  #takeAttributeValue(): string {
    const quote = this.#text.charAt(this.#at);
    if (quote === '"' || quote === "'") return this.#takeUntil(quote, quote);
    this.#sink.note("broken-xml");
    const start = this.#at;
    while (this.#at < this.#text.length && !isAttributeNameEnd(this.#text.charCodeAt(this.#at))) {
      this.#at++;
    }
    return this.#text.slice(start, this.#at);
  }

  #value(name: string, raw: string): void {
    const value = raw.includes("&") ? this.#expanded(raw) : raw;
    const isDecoded = value !== raw && this.#place.decoding === undefined;
    this.#sink.value(isDecoded ? { ...this.#place, decoding: "xml" } : this.#place, name, value);
  }

  #expanded(raw: string): string {
    const value = htmlDecoded(raw, this.#entities, this.#entityCharsLeft + raw.length);
    this.#entityCharsLeft -= Math.max(0, value.length - raw.length);
    if (this.#entityCharsLeft < 0) {
      // Many uses of one long entity do what a bomb does.
      this.#sink.note("xml-entities-expand-too-far");
      this.#entities = xmlCharacters;
    }
    return value;
  }
}

/** The `>` that ends a document type declaration, past its internal subset and quoted values; or -1. */
function doctypeEnd(text: string, from: number): number {
  let isInSubset = false;
  for (let at = from; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22 || code === 0x27) {
      at = text.indexOf(text.charAt(at), at + 1);
      if (at < 0) return -1;
    } else if (code === 0x5b) isInSubset = true;
    else if (code === 0x5d) isInSubset = false;
    else if (code === 0x3e && !isInSubset) return at;
  }
  return -1;
}

function xmlNameEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code <= 0x20 || code === 0x2f || code === 0x3e || code === 0x3c || code === 0x3d) break;
    at++;
  }
  return at;
}

function isAttributeNameEnd(code: number): boolean {
  return code <= 0x20 || code === 0x3d || code === 0x3e;
}

/** Without its prefix, which each client chooses as it likes. */
function localNameOf(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
