import type { Match } from "../../detector.ts";
import { proseWordsAround } from "../../languages/prose.ts";

/**
 * Resolves the lookups of Log4j and Commons Text as those libraries do, inner ones first, so that
 * `${${lower:j}ndi:…}` and `${${::-j}${env:X:-n}di:…}` are read as `${jndi:…}`.
 */
export function judgeLookup(value: string): Match | undefined {
  const start = value.indexOf("${");
  if (start < 0) return judgeBare(value);
  return new LookupReader(value).read(start) ?? judgeBare(value);
}

/** A lookup that is being read, and what it says so far with its inner ones resolved. */
interface Lookup {
  readonly start: number;
  text: string;
}

class LookupReader {
  readonly #value: string;
  readonly #open: Lookup[] = [];
  #disguised = -1;

  constructor(value: string) {
    this.#value = value;
  }

  read(start: number): Match | undefined {
    const value = this.#value;
    for (let at = start; at < value.length; ) {
      const character = value.charAt(at);
      if (character === "$" && value.charAt(at + 1) === "{") {
        this.#push(at);
        at += 2;
        continue;
      }
      const match = character === "}" ? this.#close(at + 1) : this.#append(character);
      if (match !== undefined) return match;
      at = this.#open.length > 0 ? at + 1 : nextLookup(value, at + 1);
    }
    return this.#unclosed() ?? disguiseAt(this.#disguised, value);
  }

  #push(start: number): void {
    if (this.#open.length >= openMax) this.#open.shift();
    this.#open.push({ start, text: "" });
  }

  #append(text: string): undefined {
    const opened = this.#open.at(-1);
    if (opened !== undefined && opened.text.length < textCharsMax) opened.text += text;
  }

  #close(end: number): Match | undefined {
    const closed = this.#open.pop();
    if (closed === undefined) return undefined;
    const kind = kindOf(closed.text);
    if (kind !== undefined) return matchOf(closed.start, end, kind);
    if (isDisguise(closed.text)) this.#disguised = closed.start;
    return this.#append(resolve(closed.text));
  }

  /** Whoever cut the value, or appends the brace, gets the same lookup. */
  #unclosed(): Match | undefined {
    for (const { start, text } of this.#open) {
      const kind = kindOf(text);
      if (kind === "jndi:" && text.includes("//")) return matchOf(start, this.#value.length, kind);
    }
    return undefined;
  }
}

const openMax = 16;
/** Only the beginning of a lookup decides. */
const textCharsMax = 128;

function nextLookup(value: string, from: number): number {
  const next = value.indexOf("${", from);
  return next < 0 ? value.length : next;
}

/** Lookups that load code or run scripts. */
const dangerousLookups: readonly string[] = ["jndi:", "script:", "groovy:", "ognl:"];

function kindOf(text: string): string | undefined {
  const plain = text.toLowerCase().trim();
  const kind = dangerousLookups.find((prefix) => plain.startsWith(prefix));
  if (kind !== undefined) return kind;
  // `${env:X:-$}{jndi:…}` gives a dollar before the brace.
  if (plain.includes("${jndi:")) return "jndi:";
  return plain.startsWith("url:utf-8:") || plain.startsWith("dns:address|")
    ? plain.slice(0, 4)
    : undefined;
}

/** `lower:J` → j, `env:NAME:-j` → j, `::-j` → j, `date:'j'` → j. */
function resolve(text: string): string {
  const fallback = text.indexOf(":-");
  if (fallback >= 0) return text.slice(fallback + 2);
  const colon = text.indexOf(":");
  const prefix = text.slice(0, Math.max(colon, 0)).toLowerCase();
  if (prefix === "lower" || prefix === "upper") return text.slice(colon + 1);
  if (prefix === "date") return text.slice(colon + 1).replaceAll("'", "");
  return "";
}

/** A lookup of one letter serves only to hide that letter. */
function isDisguise(text: string): boolean {
  const colon = text.indexOf(":");
  if (colon < 0) return false;
  const prefix = text.slice(0, colon).toLowerCase();
  return (
    (prefix === "lower" || prefix === "upper" || text.startsWith("::-")) &&
    resolve(text).length === 1
  );
}

const proseWordsMax = 5;
const protocols: readonly string[] = [
  "ldap",
  "rmi:",
  "dns:",
  "iiop",
  "corb",
  "nis:",
  "nds:",
  "http",
];

/** `jndi:ldap://…` whose braces were written in a way that only the target undoes. */
function judgeBare(value: string): Match | undefined {
  const start = value.toLowerCase().indexOf("jndi:");
  if (start < 0 || !value.startsWith("//", value.indexOf("/", start))) return undefined;
  const protocol = value.slice(start + 5, start + 9).toLowerCase();
  if (!protocols.includes(protocol)) return undefined;
  let end = start;
  while (end < value.length && value.charCodeAt(end) > 0x20) end++;
  const range = { start, end };
  const isText = proseWordsAround(value, range, proseWordsMax) >= proseWordsMax;
  return { ...matchOf(start, end, "jndi:"), confidence: isText ? "low" : "high" };
}

function disguiseAt(start: number, value: string): Match | undefined {
  if (start < 0) return undefined;
  return {
    confidence: "medium",
    start,
    end: value.length,
    explanation:
      "Lookups of a log library produce single letters here, which serves only to hide a name.",
  };
}

function matchOf(start: number, end: number, kind: string): Match {
  return {
    confidence: "high",
    start,
    end,
    explanation: `A log or text library resolves the value to a "${kind}" lookup, which fetches and runs code from elsewhere (Log4Shell).`,
  };
}
