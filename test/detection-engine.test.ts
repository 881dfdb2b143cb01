import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hasCorpora, readCorpora } from "../bench/accuracy/corpora.ts";
import { placements } from "../bench/accuracy/placements.ts";
import { workloadsOf } from "../bench/inspect/workloads.ts";
import { detectionOf } from "../src/detection/detection-of.ts";
import type { Detector } from "../src/detection/detector.ts";
import { builtInDetectors } from "../src/detection/detectors/index.ts";
import { createDetectionEngine } from "../src/detection/engine.ts";
import { createFirstLook } from "../src/detection/first-look.ts";
import { isJsonWebToken, isTypedValue } from "../src/detection/typed-value.ts";
import { fieldsOfBody } from "../src/http/body-fields.ts";
import { fieldsOfHead } from "../src/http/head-fields.ts";
import type { Detection } from "../src/model/detection.ts";
import type { RequestHead } from "../src/model/exchange.ts";
import type { Field } from "../src/model/field.ts";

/** What is inspected together. */
interface Sample {
  readonly head: RequestHead;
  readonly fields: readonly Field[];
}

const engine = createDetectionEngine(builtInDetectors, { cacheEntriesMax: 256 });
const classesOnly = createFirstLook(
  builtInDetectors.map((detector): Detector => withoutSigns(detector)),
);
const head: RequestHead = {
  method: "POST",
  scheme: "https",
  authority: "shop.example",
  path: "/items",
  query: "",
  httpVersion: "1.1",
  headers: [["host", "shop.example"]],
};

function withoutSigns({ signs: _signs, ...rest }: Detector): Detector {
  return rest;
}

/** Every detector asked about every field that has the characters it requires: slow and plain. */
function referenceOf({ fields, head: request }: Sample): readonly Detection[] {
  return fields.flatMap((field) => {
    if (field.type !== "string" || isJsonWebToken(field.value)) return [];
    classesOnly.lookAt(field.value);
    if (isTypedValue(field.value, classesOnly.mask)) return [];
    const { remembered, askedAlways } = classesOnly.candidates;
    return [...remembered, ...askedAlways].flatMap(({ detector }) => {
      const match = detector.detect(field, request);
      return match === undefined ? [] : [detectionOf(detector, field, match)];
    });
  });
}

function expectSame(sample: Sample): void {
  const expected = referenceOf(sample);
  // The second and third time, clean values are remembered.
  for (let time = 0; time < 3; time++) {
    const seen = engine.inspect(sample.fields, sample.head);
    if (seen.length !== expected.length) expect(seen).toEqual(expected);
  }
  expect(engine.inspect(sample.fields, sample.head)).toEqual(expected);
}

function sampleOf(request: RequestHead, body: Uint8Array): Sample {
  const { fields } = fieldsOfHead(request);
  const bodyFields = body.length === 0 ? [] : fieldsOfBody(request, body).fields;
  return { head: request, fields: [...fields, ...bodyFields] };
}

function fieldOf(value: string, more: Partial<Field> = {}): Field {
  return { location: "body", name: "$.text", value, part: "value", type: "string", ...more };
}

/** Pieces of attacks of every class, from which mutations are made. */
const pieces = [
  ..."'\"`;|&$(){}[]<>=+-*/\\%#@.,:!?_~\n\r\t\0 0a",
  ..." or 1=1-- ; union select ;cat /etc/passwd ../ ..\\ <script> onerror= javascript: alert(1)".split(
    " ",
  ),
  ..."jndi: { {{7*7}} <%= #{ __proto__ constructor prototype $ne $where || db. java.lang.Runtime".split(
    " ",
  ),
  ..."rO0AB O:8: !!python/ <!DOCTYPE <!ENTITY <!--#exec <esi: *)(uid= )(| child:: text() http://".split(
    " ",
  ),
  ..."169.254.169.254 localhost file:/// php:// 0x2e0x2f %2e%2e%2f document.cookie \u212a é ＜ ’".split(
    " ",
  ),
];

describe("the engine and every detector asked one by one", () => {
  const texts = fc
    .array(fc.constantFrom(...pieces), { maxLength: 8 })
    .map((parts) => parts.join(""));
  const parts = fc.constantFrom<Partial<Field>>(
    {},
    { part: "name" },
    { location: "query", name: "q" },
    { location: "header", name: "user-agent" },
    { decoding: "base64" },
  );

  test("see the same in values put together from pieces of attacks", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(texts, parts), { maxLength: 4 }), (values) => {
        expectSame({ head, fields: values.map(([value, more]) => fieldOf(value, more)) });
      }),
      { numRuns: 1_500 },
    );
  });

  test("see the same in any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (value) => {
        expectSame({ head, fields: [fieldOf(value)] });
      }),
      { numRuns: 1_000 },
    );
  });

  test("see the same in honest requests and in attacks among them", () => {
    let state = 1;
    const random = (): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    for (const workload of workloadsOf(random)) {
      for (let count = 0; count < 20; count++) {
        const { body, ...request } = workload.next();
        expectSame(sampleOf(request, body?.bytes ?? new Uint8Array()));
      }
    }
  });

  test.skipIf(!hasCorpora())(
    "see the same in the corpora and in pieces of them (skipped without ../shared/corpora)",
    () => {
      const cases = readCorpora().filter((_item, index) => index % 83 === 0);
      for (const [index, { request, payload = "" }] of cases.entries()) {
        const placed = request ?? placements[index % placements.length]?.place(payload, "q");
        if (placed !== undefined) expectSame(sampleOf(placed.head, placed.body));
        const cut = payload.slice(index % 5, payload.length - (index % 7));
        expectSame({ head, fields: [fieldOf(cut), fieldOf(cut.toUpperCase())] });
      }
    },
  );
});
