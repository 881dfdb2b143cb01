import { expect, test } from "vitest";
import type { Decision } from "../model/decision.ts";
import { type AttackAnswer, judgeAnsweredAttack } from "./answered-attack.ts";

const letThrough = {
  action: "allow",
  wouldBe: "block",
  detections: [{}],
} as unknown as Decision;
const ordinary: AttackAnswer = {
  status: 200,
  text: '{"items":[]}',
  bytesTotal: 500,
  largestHonestBytes: 4_000,
  honestAnswers: 200,
};

test.each<[string, Partial<AttackAnswer>, string | undefined]>([
  ["an ordinary answer", {}, undefined],
  ["an error of the database", { status: 500, text: "SQLITE_ERROR: near" }, "database-error"],
  ["a password file", { text: "root:x:0:0:root:/root:/bin/sh" }, "system-data"],
  ["an output of id", { text: "uid=33(www-data) gid=33(www-data)" }, "system-data"],
  ["three times the longest honest answer", { bytesTotal: 12_100 }, "more-data"],
  ["a longer answer where few are known", { bytesTotal: 12_100, honestAnswers: 3 }, undefined],
  ["a longer answer that is short", { bytesTotal: 1_500, largestHonestBytes: 100 }, undefined],
  ["a refusal that tells a lot", { status: 403, bytesTotal: 90_000 }, undefined],
])("%s to an attack", (_what, changes, expected) => {
  expect(judgeAnsweredAttack(letThrough, { ...ordinary, ...changes })).toBe(
    expected === undefined ? undefined : `attack-answered-with-${expected}`,
  );
});

test("says nothing of attacks that were blocked, nor of honest requests", () => {
  const answer = { ...ordinary, text: "root:x:0:0:" };
  expect(judgeAnsweredAttack({ ...letThrough, action: "block" }, answer)).toBeUndefined();
  expect(judgeAnsweredAttack({ ...letThrough, wouldBe: "allow" }, answer)).toBeUndefined();
});
