import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Field } from "../model/field.ts";
import { characterClass } from "./character-classes.ts";
import type { Detector } from "./detector.ts";
import { createDetectionEngine } from "./engine.ts";

function fieldOf(value: string, more: Partial<Field> = {}): Field {
  return { location: "query", name: "q", value, part: "value", type: "string", ...more };
}

/** Sees every `!!`, and counts how often it is asked. */
function exclamationDetector(): Detector & { calls: number } {
  return {
    id: "exclamation",
    summary: "Two exclamation marks.",
    requires: [characterClass.otherPunctuation],
    calls: 0,
    detect({ value }) {
      this.calls++;
      const start = value.indexOf("!!");
      if (start < 0) return undefined;
      return { confidence: "high", start, end: start + 2, explanation: "It shouts." };
    },
  };
}

describe("the detection engine", () => {
  test("says who saw what, where, and through which decodings", () => {
    const origin = fieldOf("ISE=", { decoding: "percent" });
    const field = fieldOf("a!!", { origin, decoding: "base64" });

    expect(createDetectionEngine([exclamationDetector()]).inspect([field])).toEqual([
      {
        detector: "exclamation",
        confidence: "high",
        location: "query",
        name: "q",
        part: "value",
        evidence: "!!",
        span: { start: 1, end: 3 },
        value: "a!!",
        steps: [
          { decoding: "percent", value: "ISE=" },
          { decoding: "base64", value: "a!!" },
        ],
        explanation: "It shouts.",
      },
    ]);
  });

  test("does not ask a detector about a value that lacks what it requires", () => {
    const detector = exclamationDetector();
    createDetectionEngine([detector]).inspect([fieldOf("a.b"), fieldOf("plain"), fieldOf("")]);

    expect(detector.calls).toBe(0);
  });

  test("asks no more about a clean value that came back, and each time about one not clean", () => {
    const detector = exclamationDetector();
    const engine = createDetectionEngine([detector]);
    for (let time = 0; time < 4; time++) engine.inspect([fieldOf("one!"), fieldOf("two!!")]);

    expect(detector.calls).toBe(2 + 4);
  });

  test("does not take a value's verdict from another place or from before decoding", () => {
    const detector = exclamationDetector();
    const engine = createDetectionEngine([detector]);
    for (const more of [
      {},
      { location: "header" },
      { part: "name" },
      { decoding: "base64" },
    ] as const) {
      for (let time = 0; time < 3; time++) engine.inspect([fieldOf("a!", more)]);
    }

    expect(detector.calls).toBe(4 * 2);
  });

  test("asks a detector that reads the surroundings each time, and tells it of the request", () => {
    const request = {
      method: "GET",
      scheme: "https",
      authority: "shop.example",
      path: "/",
      query: "",
      httpVersion: "1.1",
      headers: [],
    } as const;
    const hosts: (string | undefined)[] = [];
    const plain = exclamationDetector();
    const engine = createDetectionEngine([
      plain,
      {
        ...exclamationDetector(),
        readsSurroundings: true,
        detect(_field, head) {
          hosts.push(head?.authority);
          return undefined;
        },
      },
    ]);
    for (let time = 0; time < 3; time++) engine.inspect([fieldOf("one!")], request);
    engine.inspect([fieldOf("one!", { name: "next" })]);

    expect(hosts).toEqual(["shop.example", "shop.example", "shop.example", undefined]);
    expect(plain.calls).toBe(2);
  });

  test("remembers no more clean values than it has places for", () => {
    const detector = exclamationDetector();
    const engine = createDetectionEngine([detector], { cacheEntriesMax: 1 });
    for (const value of ["1!", "2!", "1!", "2!", "1!", "2!"]) engine.inspect([fieldOf(value)]);

    expect(detector.calls).toBe(6);
  });

  test("asks a detector with signs only about values that have one, in any case, and about names", () => {
    const detector = {
      ...exclamationDetector(),
      requires: [],
      signs: { classes: characterClass.hash, texts: ["now!"] },
    };
    const engine = createDetectionEngine([detector]);
    const asked = ["a!", "now", "-NOW!-", "a#", "no! w", "now now!", "\u212a!"].filter((value) => {
      const { calls } = detector;
      engine.inspect([fieldOf(value)]);
      return detector.calls > calls;
    });

    expect(asked).toEqual(["-NOW!-", "a#", "now now!"]);
    engine.inspect([fieldOf("a!", { part: "name" })]);
    expect(detector.calls).toBe(4);
  });

  test("skips numbers, booleans and null", () => {
    const fields = [fieldOf("1!!", { type: "number" }), fieldOf("!!", { type: "null" })];

    expect(createDetectionEngine([exclamationDetector()]).inspect(fields)).toEqual([]);
  });

  test("reports where it stopped when the values exceed its budget", () => {
    const engine = createDetectionEngine([exclamationDetector()], { charactersMax: 10 });
    const detections = engine.inspect([fieldOf("12345678!!"), fieldOf("x!!", { name: "rest" })]);

    expect(detections.map(({ detector, name }) => [detector, name])).toEqual([
      ["exclamation", "q"],
      ["inspection-limit", "rest"],
    ]);
  });

  test("stops between detectors and between fields once the processor time is spent", () => {
    let cpuMs = 0;
    const slow = (id: string): Detector => ({
      ...exclamationDetector(),
      id,
      detect: () => {
        cpuMs += 40;
        return undefined;
      },
    });
    const asked = { ...exclamationDetector(), id: "last" };
    const engine = createDetectionEngine([slow("one"), slow("two"), slow("three"), asked], {
      cpuMs: () => cpuMs,
      cpuMsMax: 60,
    });
    const long = `${"x".repeat(20_000)}!`;

    expect(engine.inspect([fieldOf(long), fieldOf("!!")])).toMatchObject([
      { detector: "inspection-limit", name: "q", explanation: expect.stringContaining("60 ms") },
    ]);
    expect(asked.calls).toBe(0);
    expect(engine.inspect([fieldOf("!!", { name: "next" })])).toMatchObject([
      { detector: "last", name: "next" },
    ]);
  });

  test("keeps evidence, value and steps of a long value within their bounds", () => {
    const value = `${"x".repeat(5000)}!!${"y".repeat(5000)}`;
    const greedy: Detector = {
      ...exclamationDetector(),
      detect: () => ({ confidence: "low", start: 5000, end: 99_999, explanation: "All of it." }),
    };
    const [detection] = createDetectionEngine([greedy]).inspect([
      fieldOf(value, { decoding: "percent" }),
    ]);

    expect(detection?.evidence).toHaveLength(256);
    expect(detection?.value).toHaveLength(1024);
    expect(detection?.value).toContain("!!");
    expect(detection?.span).toEqual({ start: 5000, end: value.length });
    expect(detection?.steps[0]?.value).toHaveLength(1024);
  });

  test("sees exactly what the detectors see one by one", () => {
    const detector = exclamationDetector();
    const engine = createDetectionEngine([detector], { cacheEntriesMax: 4 });
    const values = fc.array(fc.string({ unit: fc.constantFrom("!", "a", "1", " ") }));

    fc.assert(
      fc.property(values, (texts) => {
        const fields = texts.map((text) => fieldOf(text));
        const seen = engine.inspect(fields).map(({ value, span }) => [value, span.start]);
        const expected = fields.flatMap((field) => {
          const match = detector.detect(field);
          return match === undefined ? [] : [[field.value, match.start]];
        });
        expect(seen).toEqual(expected);
      }),
    );
  });
});
