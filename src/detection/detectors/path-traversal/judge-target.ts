import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import type { PathText } from "./path-units.ts";
import { rankAbsolute, rankRelative, type TargetRank } from "./target.ts";
import { findWrapper } from "./wrapper.ts";

/** Longer than any file name: what is longer is a text that mentions paths. */
const pathLengthMax = 1_024;

/** Judges a value that, as a whole, names a file: absolute, hidden, wrapped, or cut by a NUL. */
export function judgeTarget(field: Field, path: PathText): Match | undefined {
  const wrapped = judgeWrapper(field);
  if (wrapped !== undefined) return wrapped;
  const { text } = path;
  if (text.length > pathLengthMax) return undefined;
  const start = startOfPath(text);
  const end = endOfPath(text);
  if (end <= start) return undefined;
  const drive = driveLengthOf(text, start);
  const names = namesOf(text, start + drive, end);
  if (names === undefined) return undefined;
  const absolute = drive > 0 || text.charCodeAt(start) === 0x2f;
  // Only Windows begins a path with one backslash: there, every root folder is one of a drive.
  const windows = drive > 0 || isOneBackslashAt(field.value, start);
  const rank = absolute ? rankAbsolute(names, windows) : rankRelative(names);
  const cut = text.includes("\0");
  if (rank === "none") return cut ? judgeCut(field, text) : judgeShare(field, names);
  return {
    confidence: confidenceOf(field, rank, absolute, cut),
    start: 0,
    end: field.value.length,
    explanation: `The value names "${names.join("/")}", a file of the host or of its tools that no honest client of an API asks for${cut ? ", and a NUL byte cuts off what the application appends" : ""}.`,
  };
}

function confidenceOf(field: Field, rank: TargetRank, absolute: boolean, cut: boolean) {
  if (cut) return "high";
  if (rank === "certain") return absolute ? "high" : "medium";
  // Names of mounted files are keys in the JSON of container platforms.
  return field.part === "name" && field.location === "body" ? "low" : "medium";
}

function judgeWrapper(field: Field): Match | undefined {
  const wrapper = findWrapper(field.value);
  if (wrapper === undefined) return undefined;
  const explanation = `The value begins with the stream wrapper "${wrapper.name}", which file functions open as a local file, code or command instead of a name.`;
  const span = { start: 0, end: Math.min(field.value.length, 256) };
  if (wrapper.certain) return { confidence: "high", ...span, explanation };
  const target = rankAbsolute(segmentsOf(field.value.slice(0, pathLengthMax)), true);
  return { confidence: target === "none" ? "low" : "high", ...span, explanation };
}

/** The folders and file of `file:///a/b`, whatever stands for the host. */
function segmentsOf(url: string): readonly string[] {
  const path = url
    .slice(url.indexOf(":") + 1)
    .toLowerCase()
    .replaceAll("\\", "/");
  const names = path.split("/").filter((name) => name !== "");
  return /^[a-z][:|]$|^localhost$/.test(names[0] ?? "") ? names.slice(1) : names;
}

/** A NUL ends a name for C, not for the language that checked its ending. */
function judgeCut(field: Field, text: string): Match | undefined {
  const at = text.indexOf("\0");
  const rest = text.slice(at).replaceAll("\0", "");
  const ending = rest === "" || (rest.startsWith(".") && rest.length < 8);
  const named = text.slice(0, at).includes("/") || text.slice(0, at).includes(".");
  if (!ending || !named) return undefined;
  return {
    confidence: "medium",
    start: 0,
    end: field.value.length,
    explanation:
      "A NUL byte ends the file name early, so that the ending which the application checks or appends does not count.",
  };
}

/** `\\host\share\file`: opening it sends the server's own credentials to that host. */
function judgeShare(field: Field, names: readonly string[]): Match | undefined {
  if (!field.value.startsWith("\\\\") || names.length < 2) return undefined;
  const host = names[0] ?? "";
  const foreign = host.includes(".") && !host.endsWith(".local") && host !== "." && host !== "?";
  return {
    confidence: foreign ? "medium" : "low",
    start: 0,
    end: field.value.length,
    explanation: `The value is a network path to the host "${host}"; a Windows server that opens it signs in there with its own account.`,
  };
}

/** Where the path ends: before a query, a fragment, or white space at the end. */
function endOfPath(text: string): number {
  let end = text.length;
  for (const mark of ["?", "#", "|"]) {
    const at = text.indexOf(mark);
    if (at > 0 && at < end) end = at;
  }
  while (end > 0 && text.charCodeAt(end - 1) <= 0x20 && text.charCodeAt(end - 1) !== 0) end--;
  return end;
}

/** Invisible characters, and the slash that browsers put before a drive letter, come first. */
function startOfPath(text: string): number {
  let start = 0;
  while (text.charCodeAt(start) <= 0x20) start++;
  const slash = text.charCodeAt(start) === 0x2f;
  return slash && driveLengthOf(text, start + 1) > 0 ? start + 1 : start;
}

/** `C:/` begins a Windows path, `c:windows` one from the current folder of the drive. */
function driveLengthOf(text: string, start: number): number {
  const letter = text.charCodeAt(start) | 0x20;
  const isDrive = letter >= 0x61 && letter <= 0x7a && text.charCodeAt(start + 1) === 0x3a;
  if (!isDrive) return 0;
  const next = text.charCodeAt(start + 2);
  return next === 0x2f || (next | 0x20) === 0x77 || (next | 0x20) === 0x69 ? 2 : 0;
}

function isOneBackslashAt(value: string, at: number): boolean {
  if (value.charCodeAt(at) !== 0x5c || at + 1 >= value.length) return false;
  return value.charCodeAt(at + 1) !== 0x5c;
}

/** 1 for characters that no file name of interest has: with them, the value is code or prose. */
const foreignCharacters: Uint8Array = new Uint8Array(0x80);
for (const char of "\n\r\t\"'`<>,&={}!") foreignCharacters[char.charCodeAt(0)] = 1;

function namesOf(text: string, from: number, to: number): readonly string[] | undefined {
  const names: string[] = [];
  let spaces = 0;
  let start = from;
  for (let at = from; at <= to; at++) {
    const code = at < to ? text.charCodeAt(at) : 0x2f;
    if (foreignCharacters[code] === 1) return undefined;
    if (code === 0x20 && ++spaces > 4) return undefined;
    if (code !== 0x2f) continue;
    const name = text.slice(start, at).toLowerCase();
    if (name !== "" && name !== ".") names.push(name);
    start = at + 1;
  }
  return names;
}
