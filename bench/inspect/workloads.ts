import type { Header, HttpRequest } from "../../src/model/exchange.ts";

/** One kind of request; each call gives another one with the same shape. */
export interface Workload {
  readonly name: string;
  /** What the issue asks for, in microseconds a request, decoding included. */
  readonly aimUs?: number;
  next(): HttpRequest;
}

/** Every workload, from a generator of random numbers, so that no two requests are alike. */
export function workloadsOf(random: () => number): readonly Workload[] {
  return [
    { name: "GET, 3 parameters, 8 headers with JWT", aimUs: 10, next: () => apiGet(random) },
    { name: "350 B JSON", next: () => jsonPost(jsonOf(random, 7)) },
    { name: "1 KB JSON, 20 fields", aimUs: 20, next: () => jsonPost(jsonOf(random, 20)) },
    { name: "20 KB JSON, 640 values", aimUs: 300, next: () => jsonPost(largeJsonOf(random)) },
    { name: "20 KB of prose", aimUs: 500, next: () => jsonPost(proseOf(random, 20_000)) },
    { name: "attacks in the query", next: () => attack(random) },
  ];
}

function apiGet(random: () => number): HttpRequest {
  const payload = base64Of({ sub: idOf(random), iat: integer(random, 2e9), scope: "orders:read" });
  const headers: readonly Header[] = [
    ["host", "shop.example"],
    ["user-agent", "ShopApp/4.2.1 (iPhone; iOS 18.1; Scale/3.00)"],
    ["accept", "application/json"],
    ["accept-language", "en-GB,en;q=0.9"],
    ["accept-encoding", "gzip, deflate, br"],
    ["authorization", `Bearer ${base64Of({ alg: "HS256" })}.${payload}.${hex(random, 40)}`],
    ["x-request-id", idOf(random)],
    ["cookie", `sid=${hex(random, 32)}; theme=dark`],
  ];
  const query = `page=${integer(random, 90)}&sort=-created&q=${word(random)}%20${word(random)}`;
  return requestOf("GET", `/api/v1/products/${integer(random, 1e6)}`, query, headers, "");
}

function attack(random: () => number): HttpRequest {
  const number = integer(random, 1e6);
  const payloads = [
    `${number}' or '${number}'='${number}`,
    `${number} union select ${number},user,password from accounts--`,
    `../../../../etc/passwd?${number}`,
    `<img src=x onerror=alert(${number})>`,
    `${number};cat /etc/passwd`,
  ];
  const payload = payloads[integer(random, payloads.length)] ?? "";
  const headers: readonly Header[] = [
    ["host", "shop.example"],
    ["accept", "application/json"],
  ];
  return requestOf("GET", "/api/v1/products", `id=${encodeURIComponent(payload)}`, headers, "");
}

function jsonPost(value: unknown): HttpRequest {
  const headers: readonly Header[] = [
    ["host", "shop.example"],
    ["content-type", "application/json"],
    ["accept", "application/json"],
  ];
  return requestOf("POST", "/api/v1/orders", "", headers, JSON.stringify(value));
}

function jsonOf(random: () => number, fields: number): Record<string, unknown> {
  const entries = Array.from({ length: fields }, (_, index) => [
    `field${index}`,
    fieldValueOf(random, index),
  ]);
  return Object.fromEntries(entries);
}

function fieldValueOf(random: () => number, index: number): unknown {
  switch (index % 5) {
    case 0:
      return integer(random, 1e6);
    case 1:
      return idOf(random);
    case 2:
      return `${word(random)}.${word(random)}@mail.example`;
    case 3:
      return `${word(random)} ${word(random)}, ${integer(random, 200)} ${word(random)} street`;
    default:
      return random() > 0.5;
  }
}

function largeJsonOf(random: () => number): unknown {
  return { items: Array.from({ length: 71 }, () => jsonOf(random, 9)) };
}

function proseOf(random: () => number, length: number): unknown {
  const sentences: string[] = [];
  for (let size = 0; size < length; size += sentences.at(-1)?.length ?? 0) {
    const words = Array.from({ length: 8 + integer(random, 10) }, () => word(random));
    sentences.push(`${words.join(" ")}${random() > 0.7 ? "; it's" : ","} ${word(random)}. `);
  }
  return { title: word(random), text: sentences.join("") };
}

function requestOf(
  method: string,
  path: string,
  query: string,
  headers: readonly Header[],
  body: string,
): HttpRequest {
  const head = { method, scheme: "https", authority: "shop.example", path, query } as const;
  const bytes = Buffer.from(body);
  const end = bytes.length === 0 ? {} : { body: { bytes, bytesTotal: bytes.length } };
  return { ...head, httpVersion: "1.1", headers, ...end };
}

const words: readonly string[] =
  "and or the of a select union order where water green river from table number garden list set stone little with having value window create market update summer drop letter paper insert delete like between case over under time people through where's o'clock can't don't three seven twenty".split(
    " ",
  );

function word(random: () => number): string {
  return words[integer(random, words.length)] ?? "";
}

function integer(random: () => number, below: number): number {
  return Math.floor(random() * below);
}

function hex(random: () => number, length: number): string {
  return Array.from({ length }, () => integer(random, 16).toString(16)).join("");
}

function idOf(random: () => number): string {
  return [8, 4, 4, 4, 12].map((length) => hex(random, length)).join("-");
}

function base64Of(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
