import type { PathText } from "./path-units.ts";
import { rankClimbTarget } from "./target.ts";

/** How one run of path characters moves through directories. */
export interface Climb {
  /** How far above its start the run ever gets: 0 for `a/../b`, 2 for `a/../../../b`. */
  readonly levels: number;
  /** Segments that go up, whether or not they leave the start. */
  readonly ups: number;
  /** Ups spelled to slip past a filter: `....//`, `..;/`, `..\0/`. */
  readonly tricks: number;
  /** Dot segments that go nowhere, used to overflow a path. */
  readonly stays: number;
  /** Offsets in the text of the path, end exclusive. */
  readonly start: number;
  readonly end: number;
  /** What the path names once the climbing is done, in lower case, without empty segments. */
  readonly target: readonly string[];
}

/** 1 for each character that ends a path in prose, code and URLs; `?` may be part of a trick. */
const delimiters: Uint8Array = createDelimiters();

function createDelimiters(): Uint8Array {
  const table = new Uint8Array(0x80);
  for (const char of " \t\r\n\"'`<>|,=&#()[]{}*") table[char.charCodeAt(0)] = 1;
  return table;
}

/** Names are at most 255 bytes on every file system: a longer one is padding. */
const nameLengthMax = 255;

/** More dots in a row than an ellipsis has; old Windows walked up for them. */
const ellipsisMax = 7;

/** Deeper than any real target; what lies before is not needed to tell what is named. */
const targetSegmentsMax = 12;

type Step = "up" | "trick" | "odd" | "stay" | "down";

/** The strongest climb among the paths of a text; undefined when nothing goes up. */
export function findClimb(path: PathText): Climb | undefined {
  const { text } = path;
  // Nothing goes up or sideways without a separator or two dots.
  if (!text.includes("/") && !text.includes("..")) return undefined;
  let strongest: Climb | undefined;
  let start = 0;
  let hasUp = false;
  for (let at = 0; at <= text.length; at++) {
    const code = text.charCodeAt(at);
    if (at < text.length && delimiters[code] !== 1) {
      // Without a dot beside another one or a separator, nothing climbs.
      if (isDot(code) && isUpNeighbour(text.charCodeAt(at + 1))) hasUp = true;
      continue;
    }
    if (hasUp) strongest = strongerOf(strongest, climbOf(text, start, at));
    start = at + 1;
    hasUp = false;
  }
  return strongest;
}

function isUpNeighbour(code: number): boolean {
  return isDot(code) || code === 0x2f || isInvisible(code);
}

/** A question mark stands for any character where a file function expands patterns. */
function isDot(code: number): boolean {
  return code === 0x2e || code === 0x3f;
}

/** Control characters that some file functions drop or end at. */
function isInvisible(code: number): boolean {
  return code < 0x20 && code !== 0x09 && code !== 0x0a && code !== 0x0d;
}

function strongerOf(a: Climb | undefined, b: Climb | undefined): Climb | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return strengthOf(b) > strengthOf(a) ? b : a;
}

function strengthOf(climb: Climb): number {
  return climb.levels * 4 + climb.ups + climb.tricks * 2 + climb.stays / 64;
}

/** Where a walk through the segments has come to. */
interface Walk {
  depth: number;
  lowest: number;
  padded: boolean;
  readonly counts: Record<Step, number>;
  readonly target: string[];
}

function climbOf(text: string, start: number, end: number): Climb | undefined {
  const counts = { up: 0, trick: 0, odd: 0, stay: 0, down: 0 };
  const walk: Walk = { depth: 0, lowest: 0, padded: false, counts, target: [] };
  let from = start;
  while (from <= end) {
    let to = from;
    while (to < end && text.charCodeAt(to) !== 0x2f) to++;
    if (to > from) {
      const step = stepOf(text, from, to, to < end || from > start);
      if (step === "down") goDown(walk, text, from, to);
      else if (step === "stay") counts.stay++;
      else goUp(walk, step);
    }
    from = to + 1;
  }
  return climbFrom(counts, walk.lowest, { start, end, target: walk.target });
}

function goDown(walk: Walk, text: string, from: number, to: number): void {
  walk.counts.down++;
  walk.depth++;
  walk.padded = to - from > nameLengthMax;
  walk.target.push(text.slice(from, Math.min(to, from + 128)).toLowerCase());
  if (walk.target.length > targetSegmentsMax) walk.target.shift();
}

function goUp(walk: Walk, step: Step): void {
  // A name too long for any file system before `..` overflows what checks the path.
  walk.counts[step === "up" && walk.padded ? "trick" : step]++;
  walk.depth--;
  walk.lowest = Math.min(walk.lowest, walk.depth);
  walk.target.pop();
}

function climbFrom(
  counts: Record<Step, number>,
  lowest: number,
  place: Pick<Climb, "start" | "end" | "target">,
): Climb | undefined {
  // `...` alone is an ellipsis or a Go package pattern; only repeated, or before a file that
  // nobody asks for, it climbs.
  const climbs = counts.odd > 1 || rankClimbTarget(place.target) === "certain";
  const tricks = counts.trick + (climbs ? counts.odd : 0);
  const ups = counts.up + tricks;
  if (ups === 0 && counts.odd === 0 && counts.stay < 16) return undefined;
  const levels = climbs ? -lowest : Math.max(0, -lowest - counts.odd);
  return { levels, ups, tricks, stays: counts.stay, ...place };
}

/** What a file system, or a filter before it, makes of one segment. */
function stepOf(text: string, from: number, to: number, beside: boolean): Step {
  const { dots, marks, invisibles, end } = leadingDotsOf(text, from, to);
  // Tomcat and its relatives cut path parameters off before they walk: `..;a=b/`.
  const parameters = end < to && text.charCodeAt(end) === 0x3b;
  if (end < to && !parameters) return isPaddedUp(text, from, to) ? "trick" : "down";
  if (marks > 0) return dots + marks === 2 && beside ? "odd" : "down";
  const hidden = invisibles > 0 || parameters;
  if (dots === 1) return "stay";
  if (dots === 2 && hidden) return "trick";
  return beside ? stepOfDots(dots) : "stay";
}

function stepOfDots(dots: number): Step {
  if (dots === 2) return "up";
  if (dots > ellipsisMax) return "trick";
  return dots > 2 ? "odd" : "down";
}

function leadingDotsOf(text: string, from: number, to: number) {
  let dots = 0;
  let marks = 0;
  let invisibles = 0;
  let end = from;
  for (; end < to; end++) {
    const code = text.charCodeAt(end);
    if (code === 0x2e) dots++;
    else if (code === 0x3f) marks++;
    else if (isInvisible(code)) invisibles++;
    else break;
  }
  return { dots, marks, invisibles, end };
}

/** `AAAA…AAAA../`: padding that a length check cuts off. */
function isPaddedUp(text: string, from: number, to: number): boolean {
  return to - from > nameLengthMax && text.endsWith("..", to);
}
