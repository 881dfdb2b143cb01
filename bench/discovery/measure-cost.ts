import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createInventory } from "../../src/discovery/inventory.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { createRandom, makeValue, type Random } from "./synthetic-values.ts";

export interface Cost {
  readonly exchangesPerSecond: number;
  readonly memory: readonly MemoryPoint[];
}

interface MemoryPoint {
  readonly distinctUrls: number;
  readonly endpoints: number;
  readonly heapMegabytes: number;
  readonly exchangesPerSecond: number;
}

const warmUp = 20_000;
const measured = 60_000;

/** Exchanges a second through the learning path on one core, and memory as distinct URLs grow. */
export function measureCost(options: { readonly distinctUrls: number }): Cost {
  const random = createRandom(1);
  const exchanges = Array.from({ length: 4_000 }, (_, at) =>
    typicalExchange(at, { resources: 40, random, body: fullBody(random) }),
  );
  const inventory = createInventory();
  const learn = (count: number): void => {
    for (let at = 0; at < count; at += 1) {
      inventory.learn({ exchange: exchanges[at % exchanges.length] as Exchange });
    }
  };
  learn(warmUp);
  const started = performance.now();
  learn(measured);
  const exchangesPerSecond = (1_000 * measured) / (performance.now() - started);
  return { exchangesPerSecond, memory: memoryOf(options.distinctUrls, random) };
}

function memoryOf(distinctUrls: number, random: Random): readonly MemoryPoint[] {
  const before = heapMegabytes();
  const inventory = createInventory();
  const points: MemoryPoint[] = [];
  const body = Buffer.from('{"id":7,"name":"x","owner":{"email":"ann@shop.example"}}');
  let started = performance.now();
  const step = Math.ceil(distinctUrls / 4);
  for (let at = 1; at <= distinctUrls; at += 1) {
    inventory.learn({ exchange: typicalExchange(at, { resources: 1_000, random, body }) });
    if (at % step !== 0) continue;
    const exchangesPerSecond = (1_000 * step) / (performance.now() - started);
    const { endpoints } = inventory.counts();
    points.push({
      distinctUrls: at,
      endpoints,
      heapMegabytes: heapMegabytes() - before,
      exchangesPerSecond,
    });
    started = performance.now();
  }
  return points;
}

function heapMegabytes(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return process.memoryUsage().heapUsed / 1_048_576;
}

const styles = ["int", "uuid", "slug", "objectid", "nano", "base36", "name", "project"] as const;
const nouns =
  "account invoice order product customer user team project payment refund card ticket message channel device sensor report alert policy role group member session token webhook event job task queue file folder image video comment review rating tag category brand store region".split(
    " ",
  );

function typicalExchange(
  at: number,
  options: { readonly resources: number; readonly random: Random; readonly body: Uint8Array },
): Exchange {
  const { resources, random, body } = options;
  const resource = at % resources;
  const [first = "", second = ""] = [
    nouns[resource % nouns.length],
    nouns[Math.floor(resource / nouns.length)],
  ];
  const name = resource < nouns.length ? first : `${second}-${first}`;
  const id = makeValue(styles[resource % styles.length] ?? "int", random);
  return {
    id: `c${at}`,
    timeMs: 1_767_570_000_000 + at,
    client: `203.0.113.${at % 200}`,
    request: {
      method: "GET",
      scheme: "https",
      authority: "api.example",
      path: `/v1/${name}s/${id}`,
      query: "expand=all&limit=20",
      httpVersion: "1.1",
      headers: [
        ["host", "api.example"],
        ["authorization", "Bearer 0123456789abcdef0123456789abcdef"],
        ["accept", "application/json"],
        ["user-agent", "bench"],
      ],
    },
    response: {
      status: 200,
      headers: [
        ["content-type", "application/json"],
        ["x-content-type-options", "nosniff"],
      ],
      body: { bytes: body, bytesTotal: body.length },
    },
    durationMs: 10,
  };
}

/** About 1 KB. */
function fullBody(random: Random): Uint8Array {
  const item = (): object => ({
    sku: makeValue("sku", random),
    count: 3,
    note: "as ordered",
    price: 12.5,
  });
  return Buffer.from(
    JSON.stringify({
      id: 77,
      name: makeValue("slug", random),
      email: makeValue("email", random),
      createdAt: "2026-05-04T10:11:12Z",
      tags: ["new", "sale"],
      owner: { id: 7, name: makeValue("name", random), address: { city: "Ulm", zip: "89073" } },
      items: Array.from({ length: 11 }, item),
      description:
        "A text of ordinary length, which stands for what an API returns in a description.",
    }),
  );
}
