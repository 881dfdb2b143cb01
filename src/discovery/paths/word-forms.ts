import { apiNouns, apiVerbs, connectives } from "./vocabulary-table.ts";

/** Splits a name at separators and camelCase humps, in lower case, digits left out. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== "");
}

/** Whether a word, or what it is a form of, is one that APIs write into their paths. */
export function isApiWord(word: string): boolean {
  if (connectives.has(word) || isStem(word)) return true;
  if (word.endsWith("ies") && isStem(`${word.slice(0, -3)}y`)) return true;
  if (word.endsWith("es") && isStem(word.slice(0, -2))) return true;
  if (word.endsWith("s") && isStem(word.slice(0, -1))) return true;
  if (word.endsWith("ed") && isStemOfForm(word.slice(0, -2))) return true;
  return word.endsWith("ing") && isStemOfForm(word.slice(0, -3));
}

/** Whether a word reads as the plural of a thing: `users`, `companies`, `dns_zones`, `people`. */
export function isPlural(name: string): boolean {
  const word = wordsOf(name).at(-1) ?? "";
  if (irregularPlurals.has(word)) return true;
  return (
    word.length > 3 && word.endsWith("s") && !/(?:ss|us|is|news|sms|dns|https|status)$/.test(word)
  );
}

/** `users` → `user`, `companies` → `company`, `addresses` → `address`; others as they are. */
export function singularOf(word: string): string {
  const irregular = irregularPlurals.get(word.toLowerCase());
  if (irregular !== undefined) return irregular;
  if (!isPlural(word)) return word;
  if (/ies$/.test(word) && !/(?:mov|cook|ser)ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (
    /(?:ss|sh|ch|x|z)es$/.test(word) ||
    /(?:status|bus|alias|lens|virus|bonus|campus)es$/.test(word)
  ) {
    return word.slice(0, -2);
  }
  return word.slice(0, -1);
}

const irregularPlurals: ReadonlyMap<string, string> = new Map([
  ["people", "person"],
  ["apis", "api"],
  ["children", "child"],
  ["men", "man"],
  ["women", "woman"],
  ["media", "medium"],
  ["data", "data"],
  ["criteria", "criterion"],
  ["indices", "index"],
  ["vertices", "vertex"],
  ["matrices", "matrix"],
  ["geese", "goose"],
  ["feet", "foot"],
  ["mice", "mouse"],
]);

function isStem(word: string): boolean {
  return apiVerbs.has(word) || apiNouns.has(word);
}

function isStemOfForm(stem: string): boolean {
  if (isStem(stem) || isStem(`${stem}e`)) return true;
  const last = stem.at(-1) ?? "";
  return last === stem.at(-2) && isStem(stem.slice(0, -1));
}
