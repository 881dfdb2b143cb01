/** How a charset bears on whether everybody reads the same text. */
export type CharsetKind = "usual" | "evasive" | "unknown";

/** The kind of a charset by its label in lower case, after the WHATWG Encoding labels. */
export function charsetKindOf(label: string): CharsetKind {
  if (usual.has(label)) return "usual";
  if (evasive.some((prefix) => label.startsWith(prefix))) return "evasive";
  return usualFamilies.some((prefix) => label.startsWith(prefix)) ? "usual" : "unknown";
}

const usual: ReadonlySet<string> = new Set(
  (
    "utf-8 utf8 utf8mb4 us-ascii ascii latin1 latin-1 l1 utf-16 utf-16le utf-16be utf16 unicode ucs-2 shift_jis shift-jis sjis " +
    "ms_kanji x-sjis euc-jp euc-kr euc-tw gb2312 gbk gb18030 big5 big5-hkscs koi8-r koi8-u iso-2022-jp iso-2022-kr hz-gb-2312 " +
    "tis-620 macintosh x-mac-roman macroman ks_c_5601-1987 ansi binary"
  ).split(" "),
);

const usualFamilies: readonly string[] = [
  "iso-8859-",
  "iso8859",
  "iso_8859",
  "windows-125",
  "cp125",
  "windows-874",
  "windows-31j",
];

/** Texts in these look like nothing to who reads ASCII. */
const evasive: readonly string[] = [
  "utf-7",
  "utf7",
  "unicode-1-1-utf-7",
  "utf-32",
  "utf32",
  "ibm",
  "cp",
  "ebcdic",
  "x-ebcdic",
  "csibm",
  "cspc",
];
