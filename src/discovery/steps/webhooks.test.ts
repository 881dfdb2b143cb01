import { expect, test } from "vitest";
import { type ExchangeOptions, exchange, times } from "../../../test/discovery/exchange.ts";
import type { EndpointProfile } from "../../model/endpoint.ts";
import { createInventory } from "../inventory.ts";

function profileOf(all: readonly ExchangeOptions[]): EndpointProfile | undefined {
  const inventory = createInventory();
  for (const options of all)
    inventory.learn({ exchange: exchange({ method: "POST", ...options }) });
  return [...inventory.endpoints()][0];
}

test.each([
  [
    "github",
    [
      ["x-github-event", "push"],
      ["x-hub-signature-256", "sha256=ab"],
    ],
  ],
  ["stripe", [["stripe-signature", "t=1,v1=ab"]]],
  ["slack", [["x-slack-signature", "v0=ab"]]],
  ["standard-webhooks", [["webhook-signature", "v1,ab"]]],
  ["websub", [["x-hub-signature", "sha1=ab"]]],
] as const)("an endpoint that %s calls is its webhook", (provider, headers) => {
  const profile = profileOf(times(3, () => ({ target: "/in", headers, body: { a: 1 } })));
  expect(profile?.webhook).toEqual({ provider, calls: 3 });
});

test("one client among many cannot make a webhook of an endpoint", () => {
  const profile = profileOf([
    ...times(8, (at) => ({ target: "/in", client: `10.0.0.${at}` })),
    ...times(9, () => ({ target: "/in", headers: [["stripe-signature", "x"]] as const })),
  ]);
  expect(profile?.webhook).toBeUndefined();
});

test("URLs that clients register to be called are kept without what may be secret", () => {
  const profile = profileOf([
    {
      target: "/orders",
      body: { item: 1, options: { callbackUrl: "https://u:p@partner.example/done?key=s3cret#x" } },
    },
    { target: "/orders", body: { item: 1, homepage: "https://partner.example/" } },
  ]);
  expect(profile?.callbacks).toEqual([
    { url: "https://partner.example/done", field: "$.options.callbackUrl", samples: 1 },
  ]);
});

test("a plain `url` is one where the endpoint is about hooks, and nowhere else", () => {
  const body = { url: "https://partner.example/hook", events: ["paid"] };
  expect(profileOf([{ target: "/webhooks", body }])?.callbacks).toHaveLength(1);
  expect(profileOf([{ target: "/bookmarks", body }])?.callbacks).toBeUndefined();
});
