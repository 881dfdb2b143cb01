import type { Decision } from "../model/decision.ts";

/** What an answer to an attack that was let through looks like. */
export interface AttackAnswer {
  readonly status: number;
  /** Text of the body, as far as it was captured. */
  readonly text: string;
  readonly bytesTotal: number;
  /** The longest successful honest answer of the endpoint, and how many were measured. */
  readonly largestHonestBytes: number;
  readonly honestAnswers: number;
}

/** Fewer honest answers say nothing of how long they get. */
const honestMin = 10;
const longerTimes = 3;
/** A short answer may be three times another short one by chance. */
const bytesMin = 2_048;
const textMax = 262_144;

/** The observation that the answer makes, when it looks as if the attack had succeeded. */
export function judgeAnsweredAttack(
  { action, wouldBe, detections }: Pick<Decision, "action" | "wouldBe" | "detections">,
  answer: AttackAnswer,
): string | undefined {
  if (action === "block" || wouldBe !== "block" || detections.length === 0) return undefined;
  const text = answer.text.slice(0, textMax);
  if (databaseErrors.some((error) => text.includes(error))) {
    return "attack-answered-with-database-error";
  }
  if (answer.status < 200 || answer.status >= 300) return undefined;
  if (systemContents.some((pattern) => pattern.test(text))) {
    return "attack-answered-with-system-data";
  }
  const { bytesTotal, largestHonestBytes, honestAnswers } = answer;
  const isLonger = bytesTotal > Math.max(bytesMin, largestHonestBytes * longerTimes);
  return isLonger && honestAnswers >= honestMin ? "attack-answered-with-more-data" : undefined;
}

/** Phrases of database engines that no API writes by itself. */
const databaseErrors: readonly string[] = [
  "SQLITE_ERROR",
  "SQLSTATE[",
  "You have an error in your SQL syntax",
  "unterminated quoted string at or near",
  "syntax error at or near",
  "unrecognized token:",
  "Unclosed quotation mark after the character string",
  "Incorrect syntax near",
  "ORA-00933",
  "ORA-01756",
];

/** What files and commands of a system print; each pattern is anchored at rare text. */
const systemContents: readonly RegExp[] = [
  /\broot:[^:\s]{0,64}:0:0:/,
  /\buid=\d{1,10}\([\w.-]{1,64}\) gid=\d{1,10}\(/,
  /-----BEGIN (?:RSA |EC |OPENSSH )?PRIVATE KEY-----/,
  /\[(?:boot loader|fonts)\]\r?\n/,
  /"AccessKeyId"\s{0,4}:\s{0,4}"A[A-Z0-9]{15,24}"/,
];
