import type { Confidence } from "../../../model/detection.ts";
import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { proseWordsAround } from "../../languages/prose.ts";
import { scannerNames } from "../server-side-request-forgery/host-table.ts";
import { attackPhrases, attackTools, probeTexts, surveyTools } from "./tool-table.ts";

/** Finds requests of scanners and exploit tools by what they say of themselves and what they leave to be found again. */
export const scannerTool: Detector = {
  id: "scanner-tool",
  summary:
    "Requests of vulnerability scanners and exploit tools: their user agents, and the names by which they find their probes again.",
  requires: [characterClass.letter],
  signs: {
    classes: 0,
    texts: [
      ...attackTools,
      ...surveyTools,
      ...attackPhrases,
      ...scannerNames,
      ...probeTexts.map(([text]) => text),
    ],
  },
  readsSurroundings: true,

  detect(field: Field): Match | undefined {
    if (field.part === "name") return undefined;
    if (field.location === "header" && field.name === "user-agent")
      return judgeUserAgent(field.value);
    return judgeProbe(field);
  },
};

/** Longer user agents are judged by their beginning. */
const userAgentCharsMax = 512;

function judgeUserAgent(value: string): Match | undefined {
  const agent = value.slice(0, userAgentCharsMax).toLowerCase();
  let start = -1;
  for (let at = 0; at <= agent.length; at++) {
    if (at < agent.length && isWordCode(agent.charCodeAt(at))) {
      if (start < 0) start = at;
      continue;
    }
    if (start < 0) continue;
    const found = judgeWord(value, agent, start, at);
    if (found !== undefined) return found;
    start = -1;
  }
  return judgePhrase(value, agent);
}

function judgeWord(value: string, agent: string, start: number, end: number): Match | undefined {
  const word = agent.slice(start, end);
  if (attackTools.has(word))
    return matchOf(
      value,
      start,
      end,
      "high",
      `The client calls itself "${word}", a tool that looks for weaknesses and exploits them.`,
    );
  if (!surveyTools.has(word)) return undefined;
  return matchOf(
    value,
    start,
    end,
    "low",
    `The client calls itself "${word}", which surveys the whole internet.`,
  );
}

function judgePhrase(value: string, agent: string): Match | undefined {
  for (const phrase of attackPhrases) {
    const start = agent.indexOf(phrase);
    if (start >= 0)
      return matchOf(
        value,
        start,
        start + phrase.length,
        "high",
        `The client calls itself "${phrase}", a tool that looks for weaknesses.`,
      );
  }
  return undefined;
}

function isWordCode(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x2d;
}

/** Probes are short; what mentions a scanner at length is a text about it. */
const probeCharsMax = 2048;
const proseWordsMax = 6;

function judgeProbe({ value }: Field): Match | undefined {
  if (value.length > probeCharsMax || value.length < 6) return undefined;
  const lower = value.toLowerCase();
  return judgeCallbackHost(value, lower) ?? judgeProbeText(value, lower);
}

function judgeCallbackHost(value: string, lower: string): Match | undefined {
  for (const zone of scannerNames) {
    const at = lower.indexOf(zone);
    if (at <= 0 || lower.charCodeAt(at - 1) !== 0x2e || isNameGoingOn(lower, at + zone.length))
      continue;
    const start = labelStart(lower, at - 1);
    const end = at + zone.length;
    return matchOf(
      value,
      start,
      end,
      confidenceOf(value, start, end),
      `"${value.slice(start, end).slice(0, 96)}" is a host where a scanner waits to be called by whatever the value reaches.`,
    );
  }
  return undefined;
}

function judgeProbeText(value: string, lower: string): Match | undefined {
  for (const [text, tool] of probeTexts) {
    const start = lower.indexOf(text);
    if (start < 0) continue;
    const end = start + text.length;
    // A company's name in a value may be a name; a file or host made of it is a probe.
    const isPart = hasSignBeside(lower, start - 1) || hasSignBeside(lower, end);
    const confidence = isPart ? confidenceOf(value, start, end) : "low";
    return matchOf(
      value,
      start,
      end,
      confidence,
      `"${text}" is by what ${tool} finds its probes again.`,
    );
  }
  return undefined;
}

function confidenceOf(value: string, start: number, end: number): Confidence {
  return proseWordsAround(value, { start, end }, proseWordsMax) >= proseWordsMax ? "low" : "medium";
}

function hasSignBeside(text: string, at: number): boolean {
  const character = text.charAt(at);
  return character !== "" && "_-/<>'\"=&;(".includes(character);
}

function isNameGoingOn(text: string, at: number): boolean {
  return at < text.length && (isWordCode(text.charCodeAt(at)) || text.charCodeAt(at) === 0x2e);
}

function labelStart(text: string, from: number): number {
  let at = from;
  while (at > 0 && (isWordCode(text.charCodeAt(at - 1)) || text.charCodeAt(at - 1) === 0x2e)) at--;
  return at;
}

function matchOf(
  value: string,
  start: number,
  end: number,
  confidence: Confidence,
  explanation: string,
): Match {
  return { confidence, start, end: Math.min(end, value.length), explanation };
}
