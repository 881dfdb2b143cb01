import { countryCodes, currencyCodes, languageCodes } from "./vocabulary-table.ts";
import { isApiWord, wordsOf } from "./word-forms.ts";

/** How a segment is written; segments of one family at one place may be values of one parameter. */
export type SegmentFamily =
  | "single-character"
  | "code"
  | "version"
  | "word"
  | "kebab"
  | "snake"
  | "camel"
  | "dotted"
  | "numbered"
  | "file"
  | "other";

export interface Lexis {
  readonly family: SegmentFamily;
  /** Log-odds, from the spelling alone, that it is a value rather than a literal. */
  readonly score: number;
  /** Every word of it is one that APIs use. */
  readonly isKnown: boolean;
}

/** Judges a segment that is no value by its form (see `typeOfSegment`) by how it is written. */
export function lexisOf(stem: string): Lexis {
  if (stem.length === 1) {
    return { family: "single-character", score: /[a-z0-9]/i.test(stem) ? 0.5 : -3, isKnown: false };
  }
  if (/^v?\d+(?:[._]\d+){0,3}(?:-?(?:alpha|beta|rc|preview)\d*)?$/i.test(stem)) {
    return { family: "version", score: -1, isKnown: false };
  }
  const code = codeScoreOf(stem);
  if (code !== undefined) return { family: "code", score: code, isKnown: false };
  const words = wordsOf(stem);
  const known = knownShareOf(words);
  return { ...spellingOf(stem, words, known), isKnown: known === 1 };
}

function spellingOf(stem: string, words: readonly string[], known: number): Omit<Lexis, "isKnown"> {
  if (/^[^.]+\.[a-z0-9]{1,5}$/i.test(stem) && fileExtensions.has(extensionOf(stem))) {
    return { family: "file", score: 1.5 - 2 * knownShareOf(words.slice(0, -1)) };
  }
  if (/[-_.]\d{1,9}[-_.]/.test(stem)) return { family: "numbered", score: 2.5 };
  if (/\d$/.test(stem)) return { family: "numbered", score: numberedScoreOf(stem, words, known) };
  return writtenLexis(stem, words, known);
}

/** Whether a path names a file that web pages load, which no API endpoint is. */
export function isWebAsset(stem: string): boolean {
  return webAssets.has(extensionOf(stem)) || /^(?:robots|humans|ads|security)\.txt$/i.test(stem);
}

function extensionOf(stem: string): string {
  return stem.slice(stem.lastIndexOf(".") + 1).toLowerCase();
}

const webAssets: ReadonlySet<string> = new Set(
  "js mjs css map ico svg png jpg jpeg gif webp avif woff woff2 ttf eot otf webmanifest".split(" "),
);

const fileExtensions: ReadonlySet<string> = new Set([
  ...webAssets,
  ..."txt md pdf doc docx xls xlsx ppt pptx odt ods zip gz tgz tar bz2 7z rar bak sql log yml yaml toml ini html htm mp3 mp4 wav ogg mov avi mkv webm heic tif tiff bmp psd ai eps stl exe dmg apk jar whl deb rpm py rb go java ts sh bat pem crt key cer p12 sig asc parquet avro json xml csv".split(
    " ",
  ),
]);

function codeScoreOf(stem: string): number | undefined {
  if (/^[A-Z]{2}$/.test(stem)) return countryCodes.has(stem) ? 2.5 : 1;
  if (/^[A-Z]{3,4}$/.test(stem)) return currencyCodes.has(stem) ? 2.5 : 0;
  if (/^[a-z]{2}[-_](?:[A-Z]{2}|[a-z]{2}|[A-Z][a-z]{3})$/.test(stem)) {
    return languageCodes.has(stem.slice(0, 2)) ? 2 : 0;
  }
  if (/^[a-z]{2}$/.test(stem) && languageCodes.has(stem) && !isApiWord(stem)) return 0.3;
  return undefined;
}

function numberedScoreOf(stem: string, words: readonly string[], known: number): number {
  if (/[-_.]\d+$/.test(stem)) return words.length > 1 ? 3 - known : 1.5 - 1.2 * known;
  if (words.length > 1) return 2.5 - 2.5 * known;
  // `A129`, `B12`: rooms, seats, grades; `s3`, `p95` are names of things.
  if (/^[A-Z]{1,3}\d+$/.test(stem)) return 0.8;
  return known === 1 || stem.length < 5 ? -1.5 : 0.8;
}

function writtenLexis(
  stem: string,
  words: readonly string[],
  known: number,
): Omit<Lexis, "isKnown"> {
  if (/[A-Z]/.test(stem.slice(1)) && /[a-z]/.test(stem)) {
    return { family: "camel", score: -2 - 1.5 * known };
  }
  if (stem.includes("-"))
    return { family: "kebab", score: 0.7 - compoundPenalty(words, known, 2.7) };
  if (stem.includes("_"))
    return { family: "snake", score: -0.5 - compoundPenalty(words, known, 3) };
  if (stem.includes("."))
    return { family: "dotted", score: 1 - compoundPenalty(words, known, 3.5) };
  if (words.length === 1) return { family: "word", score: known === 1 ? -3.5 : -1.2 };
  return { family: "other", score: 0 };
}

function compoundPenalty(words: readonly string[], known: number, weight: number): number {
  // Every word known says much more than one of two: slugs borrow single words from everywhere.
  return known === 1 ? weight + 0.3 * (words.length - 2) : known * weight * 0.5;
}

function knownShareOf(words: readonly string[]): number {
  if (words.length === 0) return 0;
  return words.filter(isApiWord).length / words.length;
}
