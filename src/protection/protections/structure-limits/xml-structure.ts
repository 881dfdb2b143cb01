/** What the structure of an XML text amounts to, before anybody builds it in memory. */
export interface XmlStructure {
  readonly depth: number;
  readonly elements: number;
  /** Most attributes of one element. */
  readonly attributes: number;
  /** Characters of the longest text or attribute value. */
  readonly textChars: number;
  readonly hasDoctype: boolean;
}

/** Measures an XML text in one pass; it counts and does not check the grammar. */
export function xmlStructureOf(text: string): XmlStructure {
  return new XmlMeasure(text).measure();
}

class XmlMeasure {
  readonly #text: string;
  #at = 0;
  #open = 0;
  #depth = 0;
  #elements = 0;
  #attributes = 0;
  #textChars = 0;
  #hasDoctype = false;

  constructor(text: string) {
    this.#text = text;
  }

  measure(): XmlStructure {
    while (this.#at < this.#text.length) {
      const open = this.#text.indexOf("<", this.#at);
      const end = open < 0 ? this.#text.length : open;
      this.#textChars = Math.max(this.#textChars, end - this.#at);
      this.#at = end + 1;
      if (open >= 0) this.#readMarkup();
    }
    return {
      depth: this.#depth,
      elements: this.#elements,
      attributes: this.#attributes,
      textChars: this.#textChars,
      hasDoctype: this.#hasDoctype,
    };
  }

  /** Behind a `<`. */
  #readMarkup(): void {
    const code = this.#text.charCodeAt(this.#at);
    if (code === 0x2f) {
      this.#open = Math.max(0, this.#open - 1);
      this.#skipTo(">");
    } else if (code === 0x3f) this.#skipTo("?>");
    else if (code === 0x21) this.#readDeclaration();
    else this.#readElement();
  }

  #readDeclaration(): void {
    if (this.#text.startsWith("!--", this.#at)) this.#skipTo("-->");
    else if (this.#text.startsWith("![CDATA[", this.#at)) {
      const start = this.#at + 8;
      this.#skipTo("]]>");
      this.#textChars = Math.max(this.#textChars, this.#at - 3 - start);
    } else {
      this.#hasDoctype ||= /^!doctype/i.test(this.#text.slice(this.#at, this.#at + 8));
      this.#skipTo(">");
    }
  }

  #readElement(): void {
    this.#elements += 1;
    this.#open += 1;
    this.#depth = Math.max(this.#depth, this.#open);
    let attributes = 0;
    for (; this.#at < this.#text.length; this.#at += 1) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === 0x3e) break;
      if (code !== 0x22 && code !== 0x27) continue;
      attributes += 1;
      const end = this.#text.indexOf(this.#text.charAt(this.#at), this.#at + 1);
      const last = end < 0 ? this.#text.length : end;
      this.#textChars = Math.max(this.#textChars, last - this.#at - 1);
      this.#at = last;
    }
    this.#attributes = Math.max(this.#attributes, attributes);
    if (this.#text.charCodeAt(this.#at - 1) === 0x2f) this.#open -= 1;
    this.#at += 1;
  }

  #skipTo(mark: string): void {
    const end = this.#text.indexOf(mark, this.#at);
    this.#at = end < 0 ? this.#text.length : end + mark.length;
  }
}
