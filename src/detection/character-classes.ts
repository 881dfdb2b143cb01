/**
 * One bit for each class of characters that decides whether a value can be an attack at all.
 * A detector names the bits it cannot do without in `requires`; a value's mask has the bits
 * of everything that occurs in it.
 */
export const characterClass = {
  digit: 0x1,
  letter: 0x2,
  /** Space and tab. */
  space: 0x4,
  /** Line feed and carriage return. */
  newline: 0x8,
  singleQuote: 0x10,
  doubleQuote: 0x20,
  backtick: 0x40,
  /** `(` and `)`. */
  parenthesis: 0x80,
  /** `[` and `]`. */
  bracket: 0x100,
  /** `{` and `}`. */
  brace: 0x200,
  lessThan: 0x400,
  greaterThan: 0x800,
  equals: 0x1000,
  plus: 0x2000,
  hyphen: 0x4000,
  asterisk: 0x8000,
  slash: 0x10000,
  backslash: 0x20000,
  percent: 0x40000,
  dollar: 0x80000,
  hash: 0x100000,
  at: 0x200000,
  semicolon: 0x400000,
  colon: 0x800000,
  comma: 0x1000000,
  dot: 0x2000000,
  ampersand: 0x8000000,
  pipe: 0x10000000,
  /** `!`, `?`, `^`, `_` and `~`. */
  otherPunctuation: 0x20000000,
  /** Everything below space but tab and line ends, and DEL. */
  control: 0x40000000,
  /** Everything over U+007F: the sign bit, so that masks stay 32-bit integers. */
  nonAscii: -0x80000000,
} as const;

const punctuation: readonly (readonly [characters: string, bit: number])[] = [
  [" \t", characterClass.space],
  ["\n\r", characterClass.newline],
  ["'", characterClass.singleQuote],
  ['"', characterClass.doubleQuote],
  ["`", characterClass.backtick],
  ["()", characterClass.parenthesis],
  ["[]", characterClass.bracket],
  ["{}", characterClass.brace],
  ["<", characterClass.lessThan],
  [">", characterClass.greaterThan],
  ["=", characterClass.equals],
  ["+", characterClass.plus],
  ["-", characterClass.hyphen],
  ["*", characterClass.asterisk],
  ["/", characterClass.slash],
  ["\\", characterClass.backslash],
  ["%", characterClass.percent],
  ["$", characterClass.dollar],
  ["#", characterClass.hash],
  ["@", characterClass.at],
  [";", characterClass.semicolon],
  [":", characterClass.colon],
  [",", characterClass.comma],
  [".", characterClass.dot],
  ["&", characterClass.ampersand],
  ["|", characterClass.pipe],
  ["!?^_~", characterClass.otherPunctuation],
];

/** The class of each ASCII character. */
export const classesOfAscii: Int32Array = createAsciiTable();

function createAsciiTable(): Int32Array {
  const table = new Int32Array(128).fill(characterClass.control, 0, 32);
  table[0x7f] = characterClass.control;
  table.fill(characterClass.digit, 0x30, 0x3a);
  table.fill(characterClass.letter, 0x41, 0x5b);
  table.fill(characterClass.letter, 0x61, 0x7b);
  for (const [characters, bit] of punctuation) {
    for (const character of characters) table[character.charCodeAt(0)] = bit;
  }
  return table;
}
