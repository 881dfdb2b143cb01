import type { Confidence } from "../../../model/detection.ts";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { type Climb, findClimb } from "./climb.ts";
import { type PathText, readPathText } from "./path-units.ts";
import { rankClimbTarget, type TargetRank } from "./target.ts";

/** Endings of files that honest relative links and imports point to. */
const linkedEndings: ReadonlySet<string> = new Set(
  (
    "png jpg jpeg gif svg webp avif ico bmp pdf md mdx rst txt html htm css scss sass less js mjs " +
    "cjs jsx ts tsx vue svelte json jsonc yaml yml xsd dtd wsdl proto graphql tf py rb go rs java " +
    "c h cc cpp hpp cs kt swift woff woff2 ttf otf eot mp3 mp4 wav ogg webm csv tex bib ipynb"
  ).split(" "),
);

/** What stands before a path in patterns and code, not in a file name. */
const closers = ")]}*>|";

/** More `./` in a row than any tool writes: old PHP cut paths off at 4,096 bytes. */
const staysMax = 64;

/** Judges the strongest climb of a value; undefined when nothing leaves its folder. */
export function judgeClimb(field: Field, path: PathText): Match | undefined {
  const climb = findClimb(path);
  if (climb === undefined || climb.ups === 0) {
    return judgeEscapedDots(field) ?? (climb && judgeSideways(path, climb));
  }
  if (climb.levels === 0 && climb.tricks === 0) return judgeSideways(path, climb);
  const rank = rankClimbTarget(climb.target);
  const alone = standsAlone(path.text, climb);
  const confidence = alone
    ? confidenceOfWhole(field, path, climb, rank)
    : confidenceOfEmbedded(path, climb, rank);
  if (confidence === undefined) return undefined;
  return { confidence, ...spanOf(path, climb), explanation: explain(path, climb, rank, alone) };
}

/** `.\\.\\/`: a reader that drops escaping backslashes is left with `../`. */
function judgeEscapedDots(field: Field): Match | undefined {
  if (!field.value.includes(".\\.")) return undefined;
  const climb = findClimb(readPathText(field.value.replaceAll("\\", "")));
  if (climb === undefined || climb.ups === 0 || climb.levels === 0) return undefined;
  return {
    confidence: climb.ups > 1 ? "high" : "medium",
    start: 0,
    end: field.value.length,
    explanation: `Read by code that drops escaping backslashes, the value leaves its folder by ${climb.levels} folders.`,
  };
}

/** Dots that stay inside: only their mass, or a sensitive end, tells an attack. */
function judgeSideways(path: PathText, climb: Climb): Match | undefined {
  const rank = rankClimbTarget(climb.target);
  if (climb.stays >= staysMax) {
    return {
      confidence: "medium",
      ...spanOf(path, climb),
      explanation: `The path repeats "./" ${climb.stays} times, which overflows the length of a path so that an appended ending is cut off.`,
    };
  }
  if (rank !== "certain" || climb.ups < 2) return undefined;
  return {
    confidence: "medium",
    ...spanOf(path, climb),
    explanation: `The path goes up ${climb.ups} times and ends at "${climb.target.join("/")}", a file of the host.`,
  };
}

/** Whether the value is this path, and not prose or code in which the path occurs. */
function standsAlone(text: string, climb: Climb): boolean {
  if (climb.start > 0 && closers.includes(text.charAt(climb.start - 1))) return false;
  let words = 0;
  let inWord = false;
  for (let at = 0; at < text.length; at++) {
    if (at === climb.start) at = climb.end;
    const code = text.charCodeAt(at);
    if (code === 0x0a && at < text.length - 1) words += 2;
    const space = at >= text.length || code <= 0x20;
    if (!space && !inWord) words++;
    inWord = !space;
    if (words > 3) return false;
  }
  // Names of folders may contain spaces, but what comes first must be the path.
  return words <= 1 || climb.start === 0;
}

function confidenceOfWhole(
  field: Field,
  path: PathText,
  climb: Climb,
  rank: TargetRank,
): Confidence | undefined {
  if (rank === "certain") return "high";
  const tricked = climb.tricks > 0 || path.disguised > 1;
  if (tricked) return climb.ups > 1 || path.disguised > 1 ? "high" : "medium";
  if (rank === "likely") return climb.levels > 1 ? "high" : "medium";
  const linked = field.location === "body" && path.backslashes === 0 && isLinked(climb);
  if (linked) return climb.levels > 2 ? "medium" : "low";
  if (isBareSegment(field)) return "low";
  return climb.levels > 1 ? "high" : "medium";
}

/** A literal `..` as a path segment is resolved by every client and server before it is used. */
function isBareSegment(field: Field): boolean {
  return field.location === "path" && field.value === ".." && field.decoding === undefined;
}

function confidenceOfEmbedded(
  path: PathText,
  climb: Climb,
  rank: TargetRank,
): Confidence | undefined {
  const deep = climb.levels > 3;
  const tricked = climb.tricks > 1 || path.disguised > 3;
  if (rank === "certain" && climb.levels > 1) return "medium";
  if (deep && !isLinked(climb)) return "medium";
  if (tricked && climb.levels > 1) return "medium";
  return climb.levels > 1 ? "low" : undefined;
}

function isLinked(climb: Climb): boolean {
  const leaf = climb.target.at(-1) ?? "";
  return linkedEndings.has(leaf.slice(leaf.lastIndexOf(".") + 1));
}

function spanOf(path: PathText, climb: Climb): { start: number; end: number } {
  if (path.offsets === undefined) return { start: climb.start, end: climb.end };
  return { start: path.offsets[climb.start] ?? 0, end: path.offsets[climb.end] ?? 0 };
}

function explain(path: PathText, climb: Climb, rank: TargetRank, alone: boolean): string {
  const levels = climb.levels === 1 ? "one folder" : `${climb.levels} folders`;
  const where = alone ? "The value, used as a file name," : "A path in the value";
  const target = rank === "none" ? "" : ` to reach "${climb.target.join("/")}"`;
  const disguise =
    path.disguised > 0
      ? `, with dots or slashes encoded again so that a filter does not see them`
      : climb.tricks > 0
        ? `, spelled so that a filter which removes "../" leaves it behind`
        : "";
  return `${where} leaves its folder by ${levels}${target}${disguise}.`;
}
