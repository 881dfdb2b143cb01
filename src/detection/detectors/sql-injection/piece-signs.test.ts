import { describe, expect, test } from "vitest";
import { mayBePiece } from "./piece-signs.ts";

describe("a value that may be a piece of a statement", () => {
  test.each([
    "select 1,2,3",
    " SELECT pg_sleep",
    "1 union select",
    "-234 union",
    "1e0union select 2",
    "order by 7",
    "and false",
    "case when 2 then 3 end",
    "from information_schema.",
    "exec master.",
    "from sysobjects",
    "1 --",
    "user(",
    "@@version",
    "x' waitfor delay '",
    "café",
  ])("is %j", (value) => {
    expect(mayBePiece(value)).toBe(true);
  });

  test.each([
    "Main street 12, Springfield",
    "It's for mum, not for dad. Don't open!",
    "garden-chair 2",
    "2026-11-24 10:00",
    "ann.order at mail",
    "the 12th of May",
  ])("is not %j", (value) => {
    expect(mayBePiece(value)).toBe(false);
  });
});
