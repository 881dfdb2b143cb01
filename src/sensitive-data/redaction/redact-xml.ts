import { charactersOf, endOfRun } from "../characters.ts";
import type { ValueHider } from "./value-hider.ts";

/**
 * Redacts XML or HTML text in place: text under its element's name, attributes under theirs.
 * Needs no well-formed document. Of a text that was cut, the unfinished last part is dropped.
 */
export function redactXml(text: string, hider: ValueHider, isCut: boolean): string {
  let output = "";
  let element = "";
  let at = 0;
  while (at < text.length) {
    const open = indexOr(text, "<", at);
    const content = text.slice(at, open);
    if (!(isCut && open === text.length)) output += redactContent(content, element, hider);
    if (open === text.length) break;

    const end = endOfMarkup(text, open);
    if (end === undefined) return isCut ? output : output + hider.text(text.slice(open));
    const markup = text.slice(open, end);
    output += redactMarkup(markup, element, hider);
    element = elementOf(markup) ?? element;
    at = end;
  }
  return output;
}

function indexOr(text: string, wanted: string, from: number): number {
  const at = text.indexOf(wanted, from);
  return at < 0 ? text.length : at;
}

const sections: readonly (readonly [start: string, end: string])[] = [
  ["<![CDATA[", "]]>"],
  ["<!--", "-->"],
];

function endOfMarkup(text: string, open: number): number | undefined {
  const end = sections.find(([start]) => text.startsWith(start, open))?.[1] ?? ">";
  const at = text.indexOf(end, open);
  return at < 0 ? undefined : at + end.length;
}

function redactContent(content: string, element: string, hider: ValueHider): string {
  const trimmed = content.trim();
  if (trimmed === "") return content;
  const value = unescaped(trimmed);
  const hidden = hider.value(element, value);
  return hidden === value ? content : content.replace(trimmed, () => escaped(hidden));
}

function redactMarkup(markup: string, element: string, hider: ValueHider): string {
  const section = sections.find(([start]) => markup.startsWith(start));
  if (section === undefined) return redactTag(markup, hider);
  const [start, end] = section;
  const inner = markup.slice(start.length, markup.length - end.length);
  return `${start}${hider.value(element, inner)}${end}`;
}

/** Looks for quoted values with a scanner: an expression would take quadratic time on hostile tags. */
function redactTag(tag: string, hider: ValueHider): string {
  let output = "";
  let at = 0;
  for (let sign = tag.indexOf("="); sign >= 0; sign = tag.indexOf("=", Math.max(at, sign + 1))) {
    const start = endOfRun(tag, sign + 1, isWhiteSpace);
    const quote = tag[start] ?? "";
    const end = quote === '"' || quote === "'" ? tag.indexOf(quote, start + 1) : -1;
    if (end < 0) continue;
    const value = unescaped(tag.slice(start + 1, end));
    const hidden = hider.value(nameBefore(tag, sign, at), value);
    output += tag.slice(at, start + 1);
    output += hidden === value ? tag.slice(start + 1, end) : escaped(hidden);
    at = end;
  }
  return hider.text(output + tag.slice(at));
}

function nameBefore(tag: string, sign: number, from: number): string {
  let end = sign;
  while (end > from && isWhiteSpace(tag.charCodeAt(end - 1))) end -= 1;
  let start = end;
  const least = Math.max(from, end - nameCharactersMax);
  while (start > least && isNameCharacter(tag.charCodeAt(start - 1))) start -= 1;
  return tag.slice(start, end);
}

const nameCharactersMax = 64;
const isWhiteSpace = charactersOf(" \t\r\n");
const isNameCharacter = charactersOf("A-Za-z0-9_:.-");

/** The element that text after this tag belongs to. */
function elementOf(markup: string): string | undefined {
  const [first = ""] = markup.slice(1).split(/[\s/>]/, 1);
  if (markup.startsWith("</")) return "";
  if (markup.startsWith("<!") || markup.startsWith("<?") || markup.endsWith("/>")) return undefined;
  // `soap:Password` is named without its prefix.
  return first.slice(first.indexOf(":") + 1);
}

const entities: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

function unescaped(text: string): string {
  if (!text.includes("&")) return text;
  return text.replaceAll(/&(#x?[0-9a-fA-F]{1,6}|[a-z]{2,4});/g, (whole, name: string) => {
    if (!name.startsWith("#")) return entities[name] ?? whole;
    const code = name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function escaped(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
