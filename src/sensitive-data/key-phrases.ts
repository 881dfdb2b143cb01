/** Words of a name that are looked at; longer names are cut. */
const wordsMax = 8;
/** Characters of a name that are looked at, from its end. */
const nameCharactersMax = 256;
/** `primary account number holder`: no phrase in the tables is longer. */
const phraseWordsMax = 4;

/** What the name of a value says: every run of its words, glued: `postal`, `code`, `postalcode`. */
export interface KeyPhrases {
  readonly own: ReadonlySet<string>;
  /** The same of the name one level up: `card` in `$.card.number`. */
  readonly parent: ReadonlySet<string>;
  /** Only the runs that reach the end of the own name: `code`, `postalcode`; final numbers aside. */
  readonly tail: ReadonlySet<string>;
}

/**
 * Reads a JSON path (`$.user.billing_address[0].postalCode`), XML path (`/Envelope/Body/id`),
 * form name (`user[email]`), header, cookie or parameter name.
 */
export function keyPhrasesOf(name: string): KeyPhrases {
  const segments = name
    .slice(-nameCharactersMax)
    .split(/[.[\]/]/)
    .filter(
      (segment) => segment !== "" && segment !== "$" && segment !== "*" && !isNumber(segment),
    );
  const own = wordsOf(segments.at(-1) ?? "");
  const parent = wordsOf(segments.at(-2) ?? "");
  return { own: phrasesOf(own), parent: phrasesOf(parent), tail: tailOf(own) };
}

/** A set of phrases written with spaces between them. */
export function phraseSet(phrases: string): ReadonlySet<string> {
  return new Set(phrases.split(/\s+/).filter((phrase) => phrase !== ""));
}

/** Whether any of the phrases is in the set. */
export function saysAny(phrases: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean {
  for (const phrase of phrases) if (wanted.has(phrase)) return true;
  return false;
}

/** Splits `billingAddress2`, `billing_address_2`, `BillingAddress2` into lower-case words. */
function wordsOf(segment: string): readonly string[] {
  const words: string[] = [];
  let word = "";
  let before: Kind = "other";
  for (const [at, character] of [...segment].entries()) {
    const kind = kindOf(character);
    if (startsWord(kind, before, segment[at + 1])) {
      if (word !== "") words.push(word);
      word = "";
    }
    if (kind !== "other") word += character.toLowerCase();
    before = kind;
  }
  if (word !== "") words.push(word);
  return words.slice(-wordsMax);
}

type Kind = "upper" | "lower" | "digit" | "other";

function kindOf(character: string): Kind {
  if (character >= "0" && character <= "9") return "digit";
  const lower = character.toLowerCase();
  if (lower !== character) return "upper";
  return lower !== character.toUpperCase() ? "lower" : "other";
}

function startsWord(kind: Kind, before: Kind, next: string | undefined): boolean {
  if (kind === "other" || before === "other") return true;
  if (kind === "digit") return before !== "digit";
  if (before === "digit") return true;
  if (kind !== "upper") return false;
  // In `APIKey` the K starts a word, in `userID` the D does not.
  return before === "lower" || (next !== undefined && kindOf(next) === "lower");
}

function phrasesOf(words: readonly string[]): ReadonlySet<string> {
  const phrases = new Set<string>();
  for (let start = 0; start < words.length; start += 1) {
    let phrase = "";
    for (let end = start; end < Math.min(words.length, start + phraseWordsMax); end += 1) {
      phrase += words[end];
      phrases.add(phrase);
    }
  }
  return phrases;
}

function tailOf(words: readonly string[]): ReadonlySet<string> {
  const lastWord = words.findLastIndex((word) => !isNumber(word));
  const tail = new Set<string>();
  let phrase = "";
  for (let at = lastWord; at >= 0; at -= 1) {
    phrase = words[at] + phrase;
    tail.add(phrase);
  }
  return tail;
}

function isNumber(segment: string): boolean {
  for (let at = 0; at < segment.length; at += 1) {
    const code = segment.charCodeAt(at);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
