import { expect, test } from "vitest";
import { judgeQuery } from "./xquery.ts";

test.each([
  ["high", 'for $user in doc("users.xml")//user return $user/password'],
  ["high", "'] let $x := collection('users') return $x"],
  ["medium", "doc('file:///etc/passwd')"],
  ["medium", "' or unparsed-text(\"http://evil.example/\") or '"],
])("with %s confidence is flagged: %s", (confidence, value) => {
  expect(judgeQuery(value)?.confidence).toBe(confidence);
});

test.each([
  "see the doc (page 3)",
  "doc('users')",
  "db.collection('users').find()",
  "for $5 in cash return the doc(ument)",
  "",
])("is left alone: %s", (value) => {
  expect(judgeQuery(value)).toBeUndefined();
});

test("stays linear on a megabyte", () => {
  const started = performance.now();
  for (const pump of ["doc(", "for $", "collection('"]) judgeQuery(pump.repeat(200_000));
  expect(performance.now() - started).toBeLessThan(2_000);
});
