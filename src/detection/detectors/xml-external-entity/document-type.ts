/** What a document type declaration asks an XML parser to do. */
export interface DocumentType {
  readonly start: number;
  readonly end: number;
  /** Where the external part of the declaration is loaded from. */
  readonly external: string | undefined;
  readonly entities: readonly Entity[];
}

export interface Entity {
  readonly name: string;
  /** Used within the declaration itself (`%name;`), where it can build other declarations. */
  readonly isParameter: boolean;
  /** The address or file it is loaded from. */
  readonly external: string | undefined;
  /** Its text, when it is not external. */
  readonly text: string;
}

const entitiesMax = 256;

/** Reads the first declaration in a value, whole or as a fragment of `<!ENTITY …>`. */
export function documentTypeIn(value: string): DocumentType | undefined {
  const doctype = value.indexOf("<!DOCTYPE");
  const first = doctype >= 0 ? doctype : value.indexOf("<!ENTITY");
  if (first < 0) return undefined;
  const entities: Entity[] = [];
  let end = first;
  for (let at = value.indexOf("<!ENTITY", first); at >= 0; at = value.indexOf("<!ENTITY", end)) {
    const reader = new DeclarationReader(value, at + "<!ENTITY".length);
    entities.push(reader.readEntity());
    end = Math.max(reader.at, at + 1);
    if (entities.length >= entitiesMax) break;
  }
  const head = new DeclarationReader(value, first + "<!DOCTYPE".length);
  const external = doctype < 0 ? undefined : head.readDoctype();
  return { start: first, end: Math.max(end, head.at), external, entities };
}

const nameCharsMax = 128;
const literalCharsMax = 4_096;

/** Reads words and quoted literals one after the other. */
class DeclarationReader {
  readonly #value: string;
  at: number;

  constructor(value: string, at: number) {
    this.#value = value;
    this.at = at;
  }

  readDoctype(): string | undefined {
    this.#word();
    return this.#external();
  }

  readEntity(): Entity {
    let name = this.#word();
    const isParameter = name === "%" || name.startsWith("%");
    if (name === "%") name = this.#word();
    const external = this.#external();
    return { name, isParameter, external, text: external === undefined ? this.#literal() : "" };
  }

  #external(): string | undefined {
    const start = this.at;
    const keyword = this.#word();
    if (keyword === "SYSTEM") return this.#literal();
    if (keyword === "PUBLIC") {
      this.#literal();
      return this.#literal();
    }
    this.at = start;
    return undefined;
  }

  #word(): string {
    this.#skipSpace();
    const start = this.at;
    while (this.at < start + nameCharsMax && !isWordEnd(this.#value.charCodeAt(this.at))) this.at++;
    return this.#value.slice(start, this.at);
  }

  /** A quoted text; quotes may stand doubled where the value comes out of a table. */
  #literal(): string {
    this.#skipSpace();
    const quote = this.#value.charAt(this.at);
    if (quote !== '"' && quote !== "'") return "";
    const isDoubled =
      this.#value.charAt(this.at + 1) === quote && !/[\s>[]/.test(this.#value.charAt(this.at + 2));
    const start = this.at + (isDoubled ? 2 : 1);
    const close = this.#value.slice(start, start + literalCharsMax).indexOf(quote);
    const end = close < 0 ? Math.min(this.#value.length, start + literalCharsMax) : start + close;
    this.at = end + (isDoubled ? 2 : 1);
    return this.#value.slice(start, end);
  }

  #skipSpace(): void {
    while (this.at < this.#value.length && this.#value.charCodeAt(this.at) <= 0x20) this.at++;
  }
}

function isWordEnd(code: number): boolean {
  return !(code > 0x20) || code === 0x22 || code === 0x27 || code === 0x3e || code === 0x5b;
}
