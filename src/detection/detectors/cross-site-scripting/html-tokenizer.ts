import { isHtmlSpace, isLetter } from "./characters.ts";

/** One attribute as a browser reads it, before character references are decoded. */
export interface Attribute {
  /** In lower case, without NUL. */
  readonly name: string;
  readonly value: string;
  readonly quote: "" | '"' | "'" | "`";
  /** An equals sign stood after the name. */
  readonly assigned: boolean;
  readonly start: number;
  readonly end: number;
}

/** One start or end tag. */
export interface Tag {
  /** In lower case, without NUL; a namespace prefix stays. */
  readonly name: string;
  readonly closing: boolean;
  readonly start: number;
  /** After the `>`, or the end of the value: the page that follows supplies one. */
  readonly end: number;
  readonly complete: boolean;
  readonly attributes: readonly Attribute[];
}

/** More attributes of one tag are not read. */
const attributesMax = 64;

/** Longer names are kept only as far as this. */
const nameLengthMax = 64;

/** Characters read again because a tag stood inside another one, in lengths of the value. */
const rereadsMax = 4;

/**
 * Hands over every tag that some browser would see in a value, whatever state it is in when
 * the value begins: tags inside comments, raw text and attribute values count as well.
 */
export function scanTags(value: string, onTag: (tag: Tag) => void): void {
  let budget = value.length * rereadsMax + 4_096;
  let at = value.indexOf("<");
  while (at >= 0) {
    const tag = tagAt(value, at);
    if (tag === undefined) {
      at = value.indexOf("<", at + 1);
      continue;
    }
    onTag(tag);
    budget -= tag.end - tag.start;
    at = value.indexOf("<", budget > 0 ? at + 1 : tag.end);
  }
}

function tagAt(value: string, start: number): Tag | undefined {
  let at = start + 1;
  const closing = value.charCodeAt(at) === 0x2f;
  if (closing) at++;
  // NUL and, in old browsers, a percent sign may stand before the name.
  while (value.charCodeAt(at) === 0 || value.charCodeAt(at) === 0x25) at++;
  if (!isLetter(value.charCodeAt(at))) return undefined;
  const nameStart = at;
  while (at < value.length && !endsTagName(value.charCodeAt(at))) at++;
  const name = plainName(value.slice(nameStart, Math.min(at, nameStart + nameLengthMax)));
  const { attributes, end, complete } = readAttributes(value, at);
  return { name, closing, start, end, complete, attributes };
}

function endsTagName(code: number): boolean {
  // Vertical tab is no space of HTML, but one of old browsers.
  return isHtmlSpace(code) || code === 0x2f || code === 0x3e || code === 0x0b;
}

function plainName(text: string): string {
  // Written out as `\0`, it is meant for a reader that undoes escapes first.
  return text.replaceAll("\0", "").replaceAll("\\0", "").toLowerCase();
}

/** Reads attributes from inside a tag up to its end. */
export function readAttributes(
  value: string,
  from: number,
): { attributes: readonly Attribute[]; end: number; complete: boolean } {
  const attributes: Attribute[] = [];
  let at = from;
  while (at < value.length && attributes.length < attributesMax) {
    const code = value.charCodeAt(at);
    if (code === 0x3e) return { attributes, end: at + 1, complete: true };
    if (isHtmlSpace(code) || code === 0x2f || code === 0x0b || code === 0) {
      at++;
      continue;
    }
    const attribute = attributeAt(value, at);
    attributes.push(attribute);
    at = attribute.end;
  }
  return { attributes, end: Math.max(at, from), complete: false };
}

function attributeAt(value: string, start: number): Attribute {
  let at = start + 1;
  while (at < value.length && !endsAttributeName(value.charCodeAt(at))) at++;
  const name = plainName(value.slice(start, Math.min(at, start + nameLengthMax)));
  const nameEnd = at;
  while (at < value.length && isGap(value.charCodeAt(at))) at++;
  // Old browsers skipped the slash in `onerror/=alert(1)`.
  if (value.startsWith("/=", at)) at++;
  if (value.charCodeAt(at) !== 0x3d) {
    return { name, value: "", quote: "", assigned: false, start, end: nameEnd };
  }
  at++;
  while (at < value.length && isGap(value.charCodeAt(at))) at++;
  return { name, assigned: true, start, ...readValue(value, at) };
}

function endsAttributeName(code: number): boolean {
  return isGap(code) || code === 0x2f || code === 0x3e || code === 0x3d;
}

function isGap(code: number): boolean {
  return isHtmlSpace(code) || code === 0x0b || code === 0;
}

function readValue(value: string, at: number): Pick<Attribute, "value" | "quote" | "end"> {
  const quote = value.charAt(at);
  if (quote === '"' || quote === "'" || quote === "`") {
    const close = value.indexOf(quote, at + 1);
    if (close >= 0 || quote !== "`") {
      const end = close < 0 ? value.length : close;
      return { value: value.slice(at + 1, end), quote, end: Math.min(end + 1, value.length) };
    }
  }
  let end = at;
  while (end < value.length && !endsValue(value.charCodeAt(end))) end++;
  return { value: value.slice(at, end), quote: "", end };
}

function endsValue(code: number): boolean {
  return isHtmlSpace(code) || code === 0x3e;
}
