import { charactersOf, endOfRun } from "./characters.ts";

/** A name with its value inside a text: `api_key = "…"`, `password: …`, `Authorization: Bearer …`. */
export interface Assignment {
  readonly name: string;
  /** Where the value stands, without quotation marks. */
  readonly start: number;
  readonly end: number;
}

const isNameCharacter = charactersOf("A-Za-z0-9_.-");
const isValueCharacter = charactersOf("!#-%(-+--:<-Z^-z|~@=?");
const nameCharactersMax = 64;
const valueCharactersMax = 4_096;
/** White space and operators between name and value. */
const gapMax = 8;
const schemes: ReadonlySet<string> = new Set(["bearer", "basic", "token", "apikey", "api-token"]);

/** Finds assignments in order and without overlap, whatever language the text is in. */
export function assignmentsIn(text: string): readonly Assignment[] {
  const found: Assignment[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign !== "=" && sign !== ":") continue;
    const name = nameBefore(text, at, from);
    const start = valueStart(text, at + 1);
    if (name === "" || start === undefined) continue;
    const end = trimmedEnd(
      text,
      start,
      endOfRun(text, start, isValueCharacter, valueCharactersMax),
    );
    if (end <= start) continue;
    found.push({ name, start, end });
    from = end;
    at = end - 1;
  }
  return found;
}

function nameBefore(text: string, sign: number, from: number): string {
  let end = sign;
  while (end > from && sign - end < gapMax && ` \t"'\`:?)\\`.includes(text[end - 1] ?? ""))
    end -= 1;
  let start = end;
  const least = Math.max(from, end - nameCharactersMax);
  while (start > least && isNameCharacter(text.charCodeAt(start - 1))) start -= 1;
  return text.slice(start, end);
}

/** Over spaces, quotation marks and further operators (`:=`, `=>`), and the name of a scheme. */
function valueStart(text: string, from: number): number | undefined {
  let at = from;
  while (at - from < gapMax && ` \t"'\`=:>\\`.includes(text[at] || "x")) at += 1;
  const wordEnd = endOfRun(text, at, isNameCharacter, 12);
  const isScheme = text[wordEnd] === " " && schemes.has(text.slice(at, wordEnd).toLowerCase());
  return at < text.length ? (isScheme ? wordEnd + 1 : at) : undefined;
}

/** A sentence's mark at the end belongs to the sentence. */
function trimmedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && ".,:;)".includes(text[last - 1] ?? "")) last -= 1;
  return last;
}
