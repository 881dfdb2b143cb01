import type { Confidence } from "../../../model/detection.ts";
import type { Match } from "../../detector.ts";
import type { ContextReading } from "./contexts.ts";
import type { EvidenceKind } from "./evidence.ts";
import { explanationOf } from "./explanation.ts";
import {
  codePenalty,
  isBareJoin,
  isProse,
  quotedPhrasePenalty,
  wordinessOfComment,
  wordinessOfPrefix,
  wordinessOfRest,
  wordinessOfSuffix,
} from "./honest-signs.ts";
import type { Reading } from "./reading.ts";
import { tokenKind } from "./token.ts";

const lowScoreMin = 1.5;
/** From this score on a value would be blocked by default. */
export const mediumScoreMin = 3;
const highScoreMin = 5;
const spanLengthMax = 256;

/** A match with the score it came from. */
export interface Judgement {
  readonly match: Match;
  readonly score: number;
}

/** Turns what a reading showed into a match, or nothing when it shows too little. */
export function judge(text: string, contextReading: ContextReading): Judgement | undefined {
  if (!contextReading.isComplete && contextReading.reading.evidence.total === 0) return undefined;
  const score = scoreOf(text, contextReading);
  const confidence = confidenceOf(score);
  if (confidence === undefined) return undefined;

  const { reading } = contextReading;
  const start = Math.min(contextReading.start, text.length - 1);
  const isTruncated = reading.lexer.kind === tokenKind.truncation;
  const end = isTruncated ? text.length : Math.max(start + 1, reading.lexer.previousEnd);
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
      return scoreOfEmbedded(text, contextReading);
  }
}

function scoreOfUnquoted(text: string, { reading, isComplete }: ContextReading): number {
  const { evidence, lexer } = reading;
  addComments(reading);
  let penalty = isComplete ? 0 : penaltyOfBreak(reading);
  if (evidence.has("order-by-position") && /^-?\d/.test(text)) {
    evidence.add("order-behind-value", 0, lexer.previousEnd);
  }
  const isCutOff = isComplete && lexer.kind === tokenKind.truncation && reading.tokens > 1;
  // `pair #1` is no comment: one with text in it says something only behind real SQL.
  const isPlain = !/^[a-z0-9]/i.test(lexer.text.charAt(lexer.commentTextStart));
  if (isCutOff && (isPlain || evidence.strongestWeight >= 2)) {
    evidence.add("truncation", lexer.start, lexer.end);
    penalty += wordinessOfComment(text, lexer.commentTextStart);
  }
  // Program code begins with a call; an injected one comes behind a value and an operator.
  if (reading.startsWithCall && evidence.strongestWeight < 4) penalty += 2;
  return evidence.total - penalty;
}

function scoreOfQuoted(text: string, contextReading: ContextReading): number {
  const { reading, isComplete, start } = contextReading;
  const { evidence } = reading;
  addComments(reading);
  if (isComplete) addBreakout(text, reading, start);
  else if (evidence.has("union-start")) evidence.add("breakout-of-condition", start, start);
  let penalty = isComplete ? 0 : penaltyOfBreak(reading);
  penalty += wordinessOfPrefix(text, start);
  penalty += wordinessOfEnd(text, reading, start);
  penalty += quotedPhrasePenalty(text, start, reading);
  if (evidence.strongestWeight < 4) penalty += codePenalty(text, start, reading);
  if (!isComplete && start > 0 && evidence.strongestWeight < 6) {
    penalty += wordinessOfPrefix(text, start) > 0 ? wordinessOfRest(text, reading.lexer.end) : 0;
  }
  return evidence.total - penalty;
}

function addBreakout(text: string, reading: Reading, start: number): void {
  const { evidence, lexer } = reading;
  const isTruncated = lexer.kind === tokenKind.truncation;
  if (isTruncated) {
    evidence.add("truncation", lexer.start, lexer.end);
    evidence.add("breakout", start, lexer.previousEnd);
  } else if (reading.isClosedByContext) {
    evidence.add(breakoutKind(text, reading), start, lexer.previousEnd);
  } else if (reading.logicalSteps > 0 && evidence.has("column-condition")) {
    evidence.add("breakout-of-condition", start, lexer.previousEnd);
  } else if (reading.tokens > 0) {
    evidence.add("breakout-left-open", start, lexer.previousEnd);
  }
}

/** Strings joined by an operator are half of all program code; only bare ones say something. */
function breakoutKind(text: string, reading: Reading): EvidenceKind {
  if (reading.logicalSteps > 0 || reading.evidence.total > 1) return "breakout";
  const isComma = reading.arithmeticSteps === 0;
  return isComma || !isBareJoin(text) ? "breakout-left-open" : "breakout-arithmetic";
}

/** A reading that breaks off says less, unless what it had read by then can be nothing else. */
function penaltyOfBreak({ evidence, lexer }: Reading): number {
  if (lexer.kind === tokenKind.end) return 0.5;
  return evidence.strongestWeight >= 4 ? 1 : 2;
}

function wordinessOfEnd(text: string, reading: Reading, start: number): number {
  const { lexer } = reading;
  if (reading.isClosedByContext) return wordinessOfSuffix(text, lexer.contextQuote);
  if (lexer.kind !== tokenKind.truncation) return 0;
  const isBare = reading.tokens <= 1;
  const wordiness = wordinessOfComment(text, lexer.commentTextStart);
  // `"#2 MOM"`, `case '--':`: a comment sign within a quoted phrase or a literal.
  const isUnclear = reading.evidence.strongestWeight < 4;
  const close = text.indexOf(text.charAt(start), lexer.commentTextStart);
  const isLiteral = isUnclear && close >= 0 && (isBare || close < text.length - 1);
  return wordiness + (isLiteral ? 4 : 0) + (isBare && wordiness > 0 ? 1 : 0);
}

/** Within other text only what can be nothing else counts, and within prose it is a quotation. */
function scoreOfEmbedded(text: string, { reading, isComplete, start }: ContextReading): number {
  const { evidence } = reading;
  if (evidence.strongestWeight < 4) return 0;
  const score = evidence.total - (isComplete ? 0 : penaltyOfBreak(reading));
  if (score < highScoreMin - 1) return 0;
  const isQuotation = !isComplete && wordinessOfRest(text, reading.lexer.end) > 0;
  return isProse(text, start) || isQuotation ? lowScoreMin : mediumScoreMin;
}

/** A whole statement is no injection by itself; one that waits, reads files or is cut off may be. */
function scoreOfStatement({ reading, isComplete }: ContextReading): number {
  const { evidence, lexer } = reading;
  if (evidence.has("dangerous-call") || evidence.has("dangerous-statement")) return mediumScoreMin;
  if (!isComplete || evidence.total < 2) return 0;
  const isTruncated = lexer.kind === tokenKind.truncation;
  if (evidence.has("constant-condition") && (isTruncated || evidence.has("union-query"))) {
    return mediumScoreMin;
  }
  return lowScoreMin;
}

function addComments(reading: Reading): void {
  const { evidence, lexer } = reading;
  if (lexer.conditionalComments > 0) evidence.add("conditional-comment", lexer.start, lexer.start);
  if (lexer.inlineComments > 0 && evidence.total > 0) {
    evidence.add("inline-comment", lexer.start, lexer.start);
  }
}
