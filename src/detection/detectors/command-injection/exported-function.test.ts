import { expect, test } from "vitest";
import { judgeExportedFunction } from "./exported-function.ts";

test.each([
  "() { :;}; /bin/id",
  "() { ignored; }; echo x",
  " ( ) { _; } ; x=1",
  "(){(a)=>' bash -c 'echo x'; }; id",
])("a function with a command behind it is flagged: %s", (value) => {
  expect(judgeExportedFunction(value)?.confidence).toBe("high");
});

test.each([
  "() => { return 1; };",
  "() { return 1; }",
  "() { return 1; };  ",
  "(a) { b }; c",
  "f() { :; }; id",
  "()",
  "",
])("anything else is left alone: %s", (value) => {
  expect(judgeExportedFunction(value)).toBeUndefined();
});

test("stays linear on a megabyte", () => {
  const started = performance.now();
  for (const pump of ["() {", " ", "(", "() { }"]) judgeExportedFunction(pump.repeat(200_000));
  expect(performance.now() - started).toBeLessThan(2_000);
});
