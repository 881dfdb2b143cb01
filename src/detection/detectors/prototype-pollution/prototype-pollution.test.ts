import { describe, expect, test } from "vitest";
import type { Field } from "../../../model/field.ts";
import type { Match } from "../../detector.ts";
import { prototypePollution } from "./prototype-pollution.ts";

function detect(value: string, part: Field["part"] = "value"): Match | undefined {
  return prototypePollution.detect({ location: "query", name: "q", part, type: "string", value });
}

describe("prototype pollution", () => {
  test.each([
    ["brackets", "__proto__[isAdmin]"],
    ["dots", "constructor.prototype.isAdmin"],
    ["brackets of a constructor", "a[constructor][prototype][x]"],
    ["a key of JSON", "a.__proto__"],
    ["a getter", "__defineGetter__"],
  ])("flags a name with %s", (_why, value) => {
    expect(detect(value, "name")).toMatchObject({ confidence: "high" });
  });

  test.each([
    ["is a query", "__proto__[isAdmin]=1"],
    ["is JSON", '{"constructor":{"prototype":{"a":1}}}'],
    ["is a reference of a server component", "$1:__proto__:then"],
    ["is an expression", ".props(label.__proto__.env.AAAA='x')"],
  ])("flags a value that %s", (_why, value) => {
    expect(detect(value)).toMatchObject({ confidence: "high" });
  });

  test("is less sure of the bare name as a value", () => {
    expect(detect("__proto__")?.confidence).toBe("medium");
  });

  test.each([
    ["the words apart", "the constructor and prototype patterns"],
    ["one word", "constructor"],
    ["the other word", "prototype"],
    ["the words in the other order", "prototype of a constructor"],
    ["other underscores", "__init__.py"],
    ["nothing", ""],
  ])("leaves alone %s", (_why, value) => {
    expect(detect(value)).toBeUndefined();
  });

  test("stays at low confidence in a question about it", () => {
    const question = "What is the difference between __proto__ and prototype in JavaScript?";

    expect(detect(question)?.confidence).toBe("low");
  });

  test.each([
    "__proto_",
    "constructor",
    "constructor.",
    "_",
    "constructor.prototyp",
  ])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
