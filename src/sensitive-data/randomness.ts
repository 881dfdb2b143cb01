import { isDigit, isLetter } from "./characters.ts";

/** Shannon entropy of the characters, in bits a character. */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) {
    entropy -= (count / value.length) * Math.log2(count / value.length);
  }
  return entropy;
}

/** `xxxxxxxx`, `1111-1111`, `12345678…`, `abcdefgh…`: written by a person who shows a form. */
export function isPlaceholder(value: string): boolean {
  const distinct = new Set(value.toLowerCase()).size;
  if (distinct < 5 && value.length >= 8) return true;
  const lower = value.toLowerCase();
  return placeholders.some((text) => lower.includes(text));
}

const placeholders: readonly string[] = [
  "abcdefghijklmn",
  "1234567890123456",
  "xxxxxx",
  "your-",
  "your_",
  "<",
  "{{",
  "${",
  "...",
  "***",
  "redacted",
];

/** Looks made by a machine: no spaces, mixed kinds of characters, even spread. */
export function looksRandom(value: string, lengthMin: number): boolean {
  if (value.length < lengthMin || value.length > 4_096 || isPlaceholder(value)) return false;
  let digits = 0;
  let letters = 0;
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (isDigit(code)) digits += 1;
    else if (isLetter(code)) letters += 1;
    else if (!tokenMarks.has(value[at] ?? "")) return false;
  }
  const mixed = digits >= 2 && letters >= 2;
  return mixed && entropyOf(value.slice(0, 256)) >= 3;
}

const tokenMarks: ReadonlySet<string> = new Set("-_.~+/=:|!@#$%^&*".split(""));
