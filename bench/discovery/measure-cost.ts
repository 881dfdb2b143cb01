import { createInventory } from "../../src/discovery/inventory.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { createRandom, makeValue, type Random } from "./synthetic-values.ts";

export interface Cost {
  readonly exchangesPerSecond: number;
  readonly distinctUrls: number;
  readonly endpoints: number;
  readonly heapMegabytes: number;
}

const resources = 40;
const learned = 60_000;
const warmUp = 20_000;
const distinctUrls = 300_000;

/** Exchanges a second through the learning path on one core, and memory with very many URLs. */
export function measureCost(): Cost {
  const random = createRandom(1);
  const exchanges = Array.from({ length: 4_000 }, (_, at) => typicalExchange(at, random));
  const inventory = createInventory();
  for (let at = 0; at < warmUp; at += 1)
    inventory.learn({ exchange: exchanges[at % exchanges.length] as Exchange });
  const started = performance.now();
  for (let at = 0; at < learned; at += 1)
    inventory.learn({ exchange: exchanges[at % exchanges.length] as Exchange });
  const seconds = (performance.now() - started) / 1_000;
  return { exchangesPerSecond: learned / seconds, distinctUrls, ...memoryOfManyUrls(random) };
}

function memoryOfManyUrls(random: Random): Pick<Cost, "endpoints" | "heapMegabytes"> {
  const before = process.memoryUsage().heapUsed;
  const inventory = createInventory();
  for (let at = 0; at < distinctUrls; at += 1) {
    inventory.learn({ exchange: { ...typicalExchange(at, random), id: `m${at}` } });
  }
  const endpoints = [...inventory.endpoints()].length;
  return { endpoints, heapMegabytes: (process.memoryUsage().heapUsed - before) / 1_048_576 };
}

const styles = ["int", "uuid", "slug", "objectid", "nano", "base36"] as const;

function typicalExchange(at: number, random: Random): Exchange {
  const resource = at % resources;
  const id = makeValue(styles[resource % styles.length] ?? "int", random);
  const body = Buffer.from(
    JSON.stringify({
      id,
      name: makeValue("slug", random),
      email: makeValue("email", random),
      createdAt: "2026-05-04T10:11:12Z",
      price: 12.5,
      tags: ["a", "b"],
      owner: { id: 7, name: makeValue("name", random), address: { city: "Ulm", zip: "89073" } },
      items: Array.from({ length: 8 }, (_, number) => ({
        sku: makeValue("sku", random),
        count: number,
        note: "as ordered",
      })),
      description:
        "A text of ordinary length that stands for what an API returns in its description.",
    }),
  );
  return {
    id: `c${at}`,
    timeMs: 1_767_570_000_000 + at,
    client: `203.0.113.${at % 200}`,
    request: {
      method: "GET",
      scheme: "https",
      authority: "api.example",
      path: `/v1/resource${String.fromCharCode(97 + (resource % 26))}${resource > 25 ? "x" : ""}s/${id}`,
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
