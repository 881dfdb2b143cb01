import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("docs/reference/error-codes.md has an entry for each code, and none besides", () => {
  const source = readFileSync("src/model/merlon-error.ts", "utf8");
  const page = readFileSync("docs/reference/error-codes.md", "utf8");
  const codes = [...source.matchAll(/\| "(ERR_[A-Z_]+)"/g)].map(([, code]) => code);
  const entries = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

  expect(codes.length).toBeGreaterThan(5);
  expect(entries).toEqual(codes);
});
