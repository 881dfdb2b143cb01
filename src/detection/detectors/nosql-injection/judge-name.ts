import type { Confidence } from "../../../model/detection.ts";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import {
  credentialNames,
  filterNames,
  lookupWords,
  type OperatorRank,
  operators,
  secretNames,
} from "./operator-table.ts";

/** Longer names are not read further. */
const nameCharsMax = 512;

/** Judges the name of a parameter or key: `user[$ne]`, `password.$regex`, `author__password__startswith`. */
export function judgeName(field: Field): Match | undefined {
  const value = field.value.slice(0, nameCharsMax);
  const steps = stepsOf(value);
  const at = steps.findIndex(({ text }) => text.startsWith("$"));
  const match = at < 0 ? judgeLookups(steps) : judgeOperator(steps, at, field.name);
  return match && { ...match, start: 0, end: value.length };
}

interface Step {
  readonly text: string;
  readonly isBracketed: boolean;
}

/** The parts of `a[b].c__d`, outermost first. */
function stepsOf(name: string): readonly Step[] {
  const steps: Step[] = [];
  let start = 0;
  let isBracketed = false;
  for (let at = 0; at <= name.length; at++) {
    const character = name.charAt(at);
    const isJoint = character === "_" && name.charAt(at + 1) === "_";
    if (at < name.length && !isJoint && !".[]:".includes(character)) continue;
    if (at > start) steps.push({ text: name.slice(start, at), isBracketed });
    isBracketed = character === "[";
    if (isJoint) at++;
    start = at + 1;
  }
  return steps;
}

type Judged = Pick<Match, "confidence" | "explanation">;

function judgeOperator(steps: readonly Step[], at: number, path: string): Judged | undefined {
  const operator = steps[at]?.text ?? "";
  const rank = operators.get(operator.slice(1).toLowerCase());
  if (rank === undefined) return undefined;
  const target = steps[at - 1]?.text ?? "";
  return {
    confidence: operatorConfidence(rank, target, isInFilter(path, target)),
    explanation: `MongoDB and its like read the name "${operator}" as an operator: instead of one value, the condition on "${target || "the query"}" ${effects[rank]}.`,
  };
}

const effects: Readonly<Record<OperatorRank, string>> = {
  "runs-code": "becomes code that the database runs",
  widens: "matches what the client likes",
  compares: "becomes a range of values",
  updates: "becomes a change of stored data",
};

function operatorConfidence(rank: OperatorRank, target: string, inFilter: boolean): Confidence {
  if (rank === "runs-code") return target === "$match" ? "medium" : "high";
  const name = plainName(target);
  if (secretNames.has(name)) return "high";
  if (inFilter) return "low";
  if (credentialNames.has(name)) return "high";
  if (rank === "updates") return "low";
  if (target === "") return rank === "widens" ? "medium" : "low";
  return rank === "widens" ? "high" : "medium";
}

function isInFilter(path: string, target: string): boolean {
  const names = path.toLowerCase().split(/[.[\]]/, 12);
  return names.some((name) => filterNames.has(name) && name !== target.toLowerCase());
}

/** `reset_token` and `resetToken` are one name. */
function plainName(name: string): string {
  return name.toLowerCase().replaceAll("_", "").replaceAll("-", "");
}

/** A lookup of an object mapper below a secret: `user__password__startswith`, `token[contains]`. */
function judgeLookups(steps: readonly Step[]): Judged | undefined {
  const last = steps.at(-1);
  const target = steps.at(-2);
  if (last === undefined || target === undefined) return undefined;
  if (!lookupWords.has(last.text.toLowerCase()) || !secretNames.has(plainName(target.text))) {
    return undefined;
  }
  return {
    confidence: plainName(target.text) === "code" ? "low" : "high",
    explanation: `Object mappers read the name as a lookup: "${last.text}" on "${target.text}" lets a client guess the stored value piece by piece.`,
  };
}
