// biome-ignore-all lint/suspicious/noTemplateCurlyInString: attacks look like this.
import { describe, expect, test } from "vitest";
import { builtInDetectors } from "../src/detection/detectors/index.ts";
import { createDetectionEngine } from "../src/detection/engine.ts";
import { fieldsOfBody } from "../src/http/body-fields.ts";
import type { RequestHead } from "../src/model/exchange.ts";
import type { Field } from "../src/model/field.ts";

/** Pieces that make some reader start over, look ahead, nest or keep things: one kind a line. */
const pumps: readonly string[] = [
  ..."a|1| |'|\"|`|(|)|[|]|{|}|<|>|=|+|-|*|/|\\|%|$|#|@|;|:|,|.|!|?|^|_|~|\n|\r|\t|\0|é|＜|’".split(
    "|",
  ),
  "|",
  "&",
  ..."'a'||' or ' and 1=1 -- /* */ /*! /*!50000 `a` or(1 union select ;select case when 1e1 0x1".split(
    " ",
  ),
  ..."$( $(( ${ $'a' {a,b} ;a &&a ||a `a` a=b; >( <( \\a 'a'b ;cat\t \"$a\" %PATH% c^a^t ~/".split(
    " ",
  ),
  ..."<a <a b= <!-- <! </a> <a/b='\" onx= &lt; &#60; &#x3c; javascript: \\u003c +ADw- document. a(b style=".split(
    " ",
  ),
  ..."../ ..\\ ./ .\\. ....// %2e %252e %c0%ae 0x2e ..;/ /etc/ C:\\ ?. \u2215 \ufffd. //".split(
    " ",
  ),
  ..."{{ }} {% ${{ #{ <% [[ ]] [= @( {{a} {{7*7}} $a. {a}".split(" "),
  ...'${lower:j} ${::-j} jndi: a. java.lang. a[0] <?php eval( a(b)(c [a](b O:1:"a": C: a:1:{'.split(
    " ",
  ),
  ..."__proto__ constructor. $ne [$gt] db.a( a__b || && _$$ND !! !ruby/ <!DOCTYPE <!ENTITY %a; <xi:include".split(
    " ",
  ),
  ..."*)( (|(a= )(& child:: text() | // [a= ' or count(/ <!--# <esi: http:// //a@b 127.0.0.1 ://".split(
    " ",
  ),
  "a b ",
  "\r\na: b",
  "http://a.b/c?d=",
  "select a from b ",
  "it's a; ",
];
const unit = 8_192;

const engine = createDetectionEngine(builtInDetectors);
const head: RequestHead = {
  method: "POST",
  scheme: "https",
  authority: "shop.example",
  path: "/items",
  query: "",
  httpVersion: "1.1",
  headers: [["content-type", "application/json"]],
};

function fieldOf(value: string): Field {
  return { location: "body", name: "$.text", value, part: "value", type: "string" };
}

/** The least of a few runs, in milliseconds of processor time: whatever else the machine does. */
function costMs(run: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let time = 0; time < 4; time++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

function inspectMs(value: string): number {
  const fields = [fieldOf(value)];
  return costMs(() => engine.inspect(fields, head));
}

const title = (pump: string): string => JSON.stringify(pump);

describe("the cost of hostile values", () => {
  test.each(
    pumps.map((pump) => [title(pump), pump]),
  )("grows with the length and no faster: %s", (_title, pump) => {
    const once = pump.repeat(Math.ceil(unit / pump.length));
    inspectMs(once);
    const [onceMs, fourTimesMs] = [inspectMs(once.repeat(2)), inspectMs(once.repeat(8))];

    // Linear is 4, quadratic is 16; the floor is for values too cheap to measure.
    expect(fourTimesMs).toBeLessThan(Math.max(onceMs, 1) * 10);
    // 64 KiB of anything.
    expect(fourTimesMs).toBeLessThan(60);
  });

  test("stays bounded for two pumps after one another", () => {
    for (const [index, first] of pumps.entries()) {
      const second = pumps[(index * 7 + 3) % pumps.length] ?? "";
      const value =
        first.repeat(unit / 2).slice(0, unit * 2) + second.repeat(unit / 2).slice(0, unit * 2);
      expect({ first, second, ms: inspectMs(value) }).toMatchObject({
        ms: expect.toSatisfy((ms: number) => ms < 60),
      });
    }
  });

  test("stays bounded when it is spread over many values of a document", () => {
    for (const pump of pumps) {
      const item = pump.repeat(Math.ceil(24 / pump.length));
      const text = JSON.stringify(
        Array.from({ length: Math.ceil(65_536 / (item.length + 3)) }, () => item),
      );
      const bytes = Buffer.from(text).subarray(0, 65_536);
      const ms = costMs(() => engine.inspect(fieldsOfBody(head, bytes).fields, head));
      expect({ pump, ms }).toMatchObject({ ms: expect.toSatisfy((spent: number) => spent < 400) });
    }
  });
});
