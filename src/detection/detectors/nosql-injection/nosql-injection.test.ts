import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Match } from "../../detector.ts";
import { nosqlInjection } from "./nosql-injection.ts";

function detect(value: string): Match | undefined {
  return nosqlInjection.detect({
    location: "query",
    name: "q",
    part: "value",
    type: "string",
    value,
  });
}

function detectName(value: string, name: string = value): Match | undefined {
  return nosqlInjection.detect({ location: "body", name, part: "name", type: "string", value });
}

describe("a name", () => {
  test.each([
    ["compares a sign-in with anything", "username[$ne]"],
    ["reads a password piece by piece", "user[password][$regex]"],
    ["matches any identifier", "id[$ne]"],
    ["runs code", "$where"],
    ["is a path", "user.$ne"],
    ["guesses a secret through related objects", "created_by__user__password__startswith"],
    ["guesses a token", "resetToken[contains]"],
  ])("is flagged with high confidence when it %s", (_why, value) => {
    expect(detectName(value)).toMatchObject({ confidence: "high" });
  });

  test("is flagged for a secret even below a filter", () => {
    expect(detectName("resetToken.$ne", "$.where.resetToken.$ne")?.confidence).toBe("high");
  });

  test("is medium when it only makes a range of an ordinary value", () => {
    expect(detectName("age[$gt]")?.confidence).toBe("medium");
  });

  test.each([
    ["an operator below a filter", "price.$gt", "$.filter.price.$gt"],
    ["an operator of a filter in the query", "filters[name][$eq]", "filters[name][$eq]"],
    ["an update in a body", "$set", "$.$set"],
  ])("stays at low confidence: %s", (_why, value, name) => {
    expect(detectName(value, name)?.confidence).toBe("low");
  });

  test.each([
    ["OData option", "$filter"],
    ["JSON Schema keyword", "$ref"],
    ["identifier of extended JSON", "_id.$oid"],
    ["lookup on a date", "created_at__gte"],
    ["lookup on a price", "price[gte]"],
    ["name with underscores", "__emails__"],
    ["page size", "$limit"],
  ])("passes as %s", (_why, value) => {
    expect(detectName(value)).toBeUndefined();
  });
});

describe("a value", () => {
  test.each([
    ["is an operator", '{"$gt": ""}'],
    ["is an operator without quotes", "{ $ne: 1 }"],
    ["adds a condition in JavaScript", "true, $where: '1 == 1'"],
    ["ends a string and adds a condition", "', $or: [ {}, { 'a':'a"],
    ["ends a pipeline", "' } ], $comment:'x'"],
    ["is a bracket of a name", "[$ne]=1"],
    ["compares in JavaScript", "'||1==1//"],
    ["compares strings", "' || '1'=='1"],
    ["is always true", "' || true//"],
    ["reads a password", "' && this.password.match(/.*/)//"],
    ["returns", "';return true;var x='"],
    ["returns behind a number", "0;return true"],
    ["waits", "';sleep(5000);'"],
    ["waits in a loop", "';it=new Date();do{pt=new Date();}while(pt-it<5000);"],
    ["calls the database", "db.users.insert({a:1});"],
  ])("is flagged with high confidence when it %s", (_why, value) => {
    expect(detect(value)).toMatchObject({ confidence: "high" });
  });

  test.each([
    ["code", "if (a == b || c == d) { return x; }"],
    ["a program", "foo(); return bar;"],
    ["a condition", "this.x && this.y"],
    ["prose", "He said 'hi'; sleep (8 hours)"],
    ["names of people", "O'Brien && Sons"],
    ["a schema", '{"$ref": "#/definitions/x"}'],
    ["an operator mentioned", "$ne is an operator"],
    ["nothing", ""],
  ])("passes as %s", (_why, value) => {
    expect(detect(value)).toBeUndefined();
  });

  test("stays at low confidence as a filter of a search", () => {
    expect(detect('{"price": {"$gt": 100}}')?.confidence).toBe("low");
  });
});

describe("reading", () => {
  test("takes any text without failing, and keeps its offsets inside", () => {
    const unit = fc.constantFrom(..."$'\"[]{}:;|&=.,_ a1", "ne", "$gt", "return", "this");
    fc.assert(
      fc.property(fc.string({ unit }), fc.boolean(), (value, isName) => {
        const match = isName ? detectName(value) : detect(value);
        if (match === undefined) return;
        expect(match.start).toBeLessThanOrEqual(match.end);
        expect(match.end).toBeLessThanOrEqual(value.length);
      }),
    );
  });

  test.each([
    "$",
    "'",
    "||",
    "a.",
    "[$ne]",
    "db.",
    "__",
    "{$ne:",
    ";(",
  ])("stays linear on a megabyte of %j", (pump) => {
    const value = pump.repeat(1_048_576 / pump.length);
    const started = performance.now();
    detect(value);
    detectName(value);
    expect(performance.now() - started).toBeLessThan(3_000);
  });
});
