/** Character groups of a value, as bits of `ValueShape.mask`. */
export const shapeBits = {
  at: 1,
  dot: 2,
  colon: 4,
  dash: 8,
  space: 16,
  plus: 32,
  dollar: 64,
  underscore: 128,
  slash: 256,
  equals: 512,
  brace: 1024,
  percent: 2048,
  other: 4096,
} as const;

/** What one pass over a value tells; classifiers rule values out by it. */
export interface ValueShape {
  readonly length: number;
  readonly digits: number;
  /** ASCII letters and everything beyond ASCII. */
  readonly letters: number;
  readonly mask: number;
}

/** Looks at every character of the value once. */
export function shapeOf(value: string): ValueShape {
  let digits = 0;
  let letters = 0;
  let mask = 0;
  for (let at = 0; at < value.length; at += 1) {
    const code = value.charCodeAt(at);
    if (code >= 48 && code <= 57) digits += 1;
    else if (code > 127 || isLetter(code)) letters += 1;
    else mask |= bitOf(code);
  }
  return { length: value.length, digits, letters, mask };
}

function isLetter(code: number): boolean {
  const lower = code | 32;
  return lower >= 97 && lower <= 122;
}

const bits: Readonly<Record<string, number>> = {
  "@": shapeBits.at,
  ".": shapeBits.dot,
  ":": shapeBits.colon,
  "-": shapeBits.dash,
  " ": shapeBits.space,
  "\t": shapeBits.space,
  "\n": shapeBits.space,
  "\r": shapeBits.space,
  "+": shapeBits.plus,
  $: shapeBits.dollar,
  _: shapeBits.underscore,
  "/": shapeBits.slash,
  "=": shapeBits.equals,
  "{": shapeBits.brace,
  "}": shapeBits.brace,
  "%": shapeBits.percent,
};

const bitTable: Uint16Array = Uint16Array.from(
  { length: 128 },
  (_, code) => bits[String.fromCharCode(code)] ?? shapeBits.other,
);

function bitOf(code: number): number {
  return bitTable[code] ?? shapeBits.other;
}
