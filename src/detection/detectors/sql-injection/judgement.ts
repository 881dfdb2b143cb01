import type { Confidence } from "../../../model/detection.ts";
import type { Match } from "../../detector.ts";
import type { ContextReading } from "./contexts.ts";
import { explanationOf } from "./explanation.ts";
import { tokenKind } from "./token.ts";

const lowScoreMin = 1.5;
const mediumScoreMin = 3;
const highScoreMin = 5;
const spanLengthMax = 256;

/** Turns what a reading showed into a match, or nothing when it shows too little. */
export function judge(
  text: string,
  contextReading: ContextReading,
): { match: Match; score: number } | undefined {
  const score = scoreOf(text, contextReading);
  const confidence = confidenceOf(score);
  if (confidence === undefined) return undefined;

  const { reading, start } = contextReading;
  const end = Math.max(
    start + 1,
    reading.lexer.kind === tokenKind.truncation ? text.length : reading.lexer.previousEnd,
  );
  const match: Match = {
    confidence,
    start,
    end: Math.min(end, start + spanLengthMax, text.length),
    explanation: explanationOf(text, contextReading),
  };
  return { match, score };
}

function confidenceOf(score: number): Confidence | undefined {
  if (score >= highScoreMin) return "high";
  if (score >= mediumScoreMin) return "medium";
  return score >= lowScoreMin ? "low" : undefined;
}

function scoreOf(text: string, contextReading: ContextReading): number {
  switch (contextReading.context) {
    case "unquoted":
      return scoreOfUnquoted(text, contextReading);
    case "quoted":
      return scoreOfQuoted(text, contextReading);
    case "statement":
      return scoreOfStatement(contextReading);
    case "embedded":
      return 0;
  }
}

function scoreOfUnquoted(text: string, { reading, isComplete }: ContextReading): number {
  const { evidence, lexer } = reading;
  addComments(reading);
  if (isComplete && lexer.kind === tokenKind.truncation && reading.tokens > 1) {
    evidence.add("truncation", lexer.start, lexer.end);
  }
  return evidence.total - (isComplete ? 0 : 2) - wordinessOfComment(text, contextComment(reading));
}

function scoreOfQuoted(text: string, { reading, isComplete, start }: ContextReading): number {
  const { evidence, lexer } = reading;
  const isTruncated = lexer.kind === tokenKind.truncation;
  addComments(reading);
  if (isComplete && isTruncated) evidence.add("truncation", lexer.start, lexer.end);
  if (isComplete && (isTruncated || reading.isClosedByContext)) {
    const isMore = isTruncated || reading.logicalSteps > 0 || evidence.total > 1;
    evidence.add(isMore ? "breakout" : "breakout-arithmetic", start, lexer.previousEnd);
  } else if (isComplete && reading.tokens > 0) {
    evidence.add("breakout-left-open", start, lexer.previousEnd);
  }
  const penalty =
    wordinessOfPrefix(text, start) + wordinessOfComment(text, contextComment(reading));
  const isInches = text.charCodeAt(start) === 0x22 && isDigit(text.charCodeAt(start - 1));
  return evidence.total - penalty - (isComplete ? 0 : 2) - (isInches ? 1 : 0);
}

/** A whole statement is no injection by itself; one that waits, reads files or is cut off may be. */
function scoreOfStatement({ reading, isComplete }: ContextReading): number {
  const { evidence, lexer } = reading;
  if (evidence.total < 2) return 0;
  if (evidence.has("dangerous-call")) return mediumScoreMin;
  if (!isComplete) return 0;
  const isTruncated = lexer.kind === tokenKind.truncation;
  if (evidence.has("constant-condition") && (isTruncated || evidence.has("union-query"))) {
    return mediumScoreMin;
  }
  return lowScoreMin;
}

function addComments(reading: ContextReading["reading"]): void {
  const { evidence, lexer } = reading;
  if (lexer.conditionalComments > 0) evidence.add("conditional-comment", lexer.start, lexer.start);
  if (lexer.inlineComments > 0 && evidence.total > 0) {
    evidence.add("inline-comment", lexer.start, lexer.start);
  }
}

function contextComment(reading: ContextReading["reading"]): number {
  return reading.lexer.kind === tokenKind.truncation ? reading.lexer.commentTextStart : -1;
}

/** People write words before a quote; a value that breaks out of a string hardly has any. */
function wordinessOfPrefix(text: string, end: number): number {
  return Math.min(3, Math.max(0, wordsIn(text, 0, end) - 1));
}

/** What follows a comment sign is nothing or a marker; a sentence there is a sentence. */
function wordinessOfComment(text: string, start: number): number {
  if (start < 0) return 0;
  const words = wordsIn(text, start, text.length);
  if (words === 0) return 0;
  return words === 1 && text.length - start < 9 ? 0.5 : Math.min(3, 1 + words);
}

/** Runs of letters, counted up to four. */
function wordsIn(text: string, from: number, to: number): number {
  let words = 0;
  let isInside = false;
  for (let at = from; at < to && words < 5; at++) {
    const isPart = isLetter(text.charCodeAt(at));
    if (isPart && !isInside) words++;
    isInside = isPart;
  }
  return words;
}

function isLetter(code: number): boolean {
  const lower = code | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || code > 0xbf;
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
