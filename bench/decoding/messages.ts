import type { RequestHead } from "../../src/model/exchange.ts";

/** A GET as an API client sends it: 3 query parameters, 8 headers, one of them a JWT. */
export const apiGet: RequestHead = {
  method: "GET",
  scheme: "https",
  authority: "shop.example",
  path: "/api/v1/products/12",
  query: "expand=all&page=2&search=red+shoes",
  httpVersion: "1.1",
  headers: [
    ["host", "shop.example"],
    ["user-agent", "ShopApp/5.2.1 (iPhone; iOS 19.1; Scale/3.00)"],
    ["accept", "application/json"],
    ["accept-encoding", "gzip, deflate, br"],
    ["accept-language", "en-GB,en;q=0.9"],
    ["authorization", `Bearer ${createToken()}`],
    ["x-request-id", "0b6f7d8e-1c1f-4c39-9d5e-5f1d2f6f3a11"],
    ["referer", "https://shop.example/catalogue"],
  ],
};

/** The head of a JSON request. */
export const jsonPost: RequestHead = {
  ...apiGet,
  method: "POST",
  query: "",
  headers: [["content-type", "application/json"]],
};

/** About 1 KB with 20 values. */
export const smallJson: string = JSON.stringify(createRecord(7, 20, 48));

/** About 20 KB with 640 values. */
export const largeJson: string = JSON.stringify({
  items: Array.from({ length: 64 }, (_, nth) => createRecord(nth, 10, 22)),
});

function createRecord(seed: number, values: number, chars: number): Record<string, unknown> {
  const record: Record<string, unknown> = {};
  const words = "the quick brown fox jumps over a lazy dog and runs to the next river bank again";
  for (let nth = 0; nth < values; nth++) {
    const isNumber = nth % 4 === 3;
    const start = (seed * 7 + nth * 5) % (words.length - chars);
    record[`field${String.fromCharCode(97 + nth)}`] = isNumber
      ? seed * 1_000 + nth
      : words.slice(start, start + chars + (nth % 3));
  }
  return record;
}

function createToken(): string {
  const part = (content: unknown): string =>
    Buffer.from(JSON.stringify(content)).toString("base64url");
  const header = part({ alg: "RS256", typ: "JWT", kid: "2026-11" });
  const payload = part({
    iss: "https://login.shop.example/",
    sub: "user-48213",
    aud: "shop-api",
    iat: 1_795_000_000,
    exp: 1_795_003_600,
    scope: "orders:read orders:write profile",
  });
  return `${header}.${payload}.${Buffer.alloc(256, 0xa7).toString("base64url")}`;
}
