import type { Random } from "../ownership/random.ts";
import { pieces } from "./seeds-table.ts";

/** No mutated text is longer, in UTF-16 units. */
const textLengthMax = 4_096;
const shortLengthMax = 256;

type Mutation = (text: string, random: Random, other: string) => string;

/** The text after one to four random changes; some of them splice it with the other one. */
export function mutated(text: string, random: Random, other: string): string {
  // Most are short, as values are: the cost of an input grows with its length.
  const lengthMax = random.chance(0.95) ? shortLengthMax : textLengthMax;
  let result = text.slice(0, lengthMax);
  for (let left = 1 + random.below(4); left > 0; left--) {
    result = random.pick(mutations)(result, random, other).slice(0, lengthMax);
  }
  return result;
}

const mutations: readonly Mutation[] = [
  flipBit,
  replaceUnit,
  insertPiece,
  insertPiece,
  removeRange,
  repeatRange,
  splice,
  (text, random) => changed(text, random, swapCase),
  (text, random) => changed(text, random, percentEncoded),
  (text, random) => changed(text, random, (part) => percentEncoded(percentEncoded(part))),
  (text, random) => changed(text, random, htmlEncoded),
  (text, random) => changed(text, random, jsonEscaped),
  (text, random) => changed(text, random, base64Of),
  (text, random) => changed(text, random, widened),
  (text) => JSON.stringify({ a: text }),
  (text) => `{"a":${text}}`,
  (text) => `<a b="${text}">${text}</a>`,
  (text) => `a=${text}&a[]=${text}`,
  nest,
];

function flipBit(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const code = text.charCodeAt(at) || 0;
  return (
    text.slice(0, at) + String.fromCharCode(code ^ (1 << random.below(8))) + text.slice(at + 1)
  );
}

function replaceUnit(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const bound = random.pick([128, 256, 65_536]);
  return text.slice(0, at) + String.fromCharCode(random.below(bound)) + text.slice(at + 1);
}

function insertPiece(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  return text.slice(0, at) + random.pick(pieces) + text.slice(at);
}

function removeRange(text: string, random: Random): string {
  const [start, end] = rangeOf(text, random);
  return text.slice(0, start) + text.slice(end);
}

function repeatRange(text: string, random: Random): string {
  const [start, end] = rangeOf(text, random);
  const part = text.slice(start, end);
  // Rarely a pump: many times the same few signs.
  const times = random.chance(0.02) ? 512 : 2 + random.below(4);
  return text.slice(0, start) + part.slice(0, 64).repeat(times) + text.slice(end);
}

function splice(text: string, random: Random, other: string): string {
  return text.slice(0, random.below(text.length + 1)) + other.slice(random.below(other.length + 1));
}

function nest(text: string, random: Random): string {
  const [open, close] = random.pick([
    ["[", "]"],
    ['{"a":', "}"],
    ["<a>", "</a>"],
    ["(", ")"],
    ["{{", "}}"],
    ["$(", ")"],
    ["a{", "}"],
  ] as const);
  const depth = random.chance(0.05) ? 200 : 1 + random.below(6);
  const tail = random.chance(0.2) ? "" : close.repeat(depth);
  return open.repeat(depth) + text + tail;
}

function changed(text: string, random: Random, change: (part: string) => string): string {
  const [start, end] = random.chance(0.3) ? [0, text.length] : rangeOf(text, random);
  return text.slice(0, start) + change(text.slice(start, end)) + text.slice(end);
}

function rangeOf(text: string, random: Random): readonly [start: number, end: number] {
  const start = random.below(text.length + 1);
  return [start, start + random.below(Math.min(text.length - start, 128) + 1)];
}

function swapCase(part: string): string {
  return part === part.toLowerCase() ? part.toUpperCase() : part.toLowerCase();
}

function percentEncoded(part: string): string {
  return Array.from(Buffer.from(part), (byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
}

function htmlEncoded(part: string): string {
  return Array.from(part, (unit) => `&#${unit.codePointAt(0)};`).join("");
}

function jsonEscaped(part: string): string {
  return part
    .split("")
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
    .join("");
}

function base64Of(part: string): string {
  return Buffer.from(part).toString("base64");
}

/** The full-width forms of printable ASCII. */
function widened(part: string): string {
  return part.replace(/[!-~]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) + 0xfee0));
}
