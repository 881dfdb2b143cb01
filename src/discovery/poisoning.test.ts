import { expect, test } from "vitest";
import { type ExchangeOptions, exchange, times } from "../../test/discovery/exchange.ts";
import type { EndpointProfile } from "../model/endpoint.ts";
import { createInventory, type Inventory } from "./inventory.ts";

const junkRequests = 200_000;
const key = [["x-api-key", "k-1234567890"]] as const;

const honest = times(
  1_200,
  (at): ExchangeOptions => ({
    method: at % 4 === 0 ? "POST" : "GET",
    target: at % 3 === 0 ? `/orders/${at}` : `/products/red-chair-${at % 60}?page=2`,
    client: `198.51.100.${at % 50}`,
    headers: key,
    ...(at % 4 === 0 ? { body: { name: "x", amount: at } } : {}),
    status: at % 10 === 0 ? 401 : 200,
    response: at % 10 === 0 ? { error: "no" } : { id: at, name: "x" },
    ...(at % 10 === 0 ? { headers: [] } : {}),
  }),
);

function learn(inventory: Inventory, options: ExchangeOptions | undefined): void {
  if (options !== undefined) inventory.learn({ exchange: exchange(options) });
}

function byPath(inventory: Inventory): readonly EndpointProfile[] {
  return [...inventory.endpoints()].sort((left, right) =>
    `${left.path} ${left.method}`.localeCompare(`${right.path} ${right.method}`),
  );
}

test("a scanner with 200,000 junk requests changes nothing", () => {
  const clean = createInventory();
  for (const options of honest) learn(clean, options);
  const attacked = createInventory();
  const every = Math.floor(junkRequests / honest.length);
  for (let at = 0; at < junkRequests; at += 1) {
    if (at % every === 0) learn(attacked, honest[at / every]);
    learn(attacked, {
      client: "203.0.113.99",
      method: ["GET", "POST", "PUT", "DELETE"][at % 4] ?? "GET",
      // Some of it on real endpoints, some of it answered by a careless catch-all.
      target: at % 7 === 0 ? `/orders/${at}?x${at}=1` : `/${at.toString(36)}/admin-${at}.php`,
      status: at % 40 === 0 ? 200 : 404,
      headers: [["x-evil-token", `t-${at}-0123456789`]],
      body: { [`evil${at}`]: at },
      response: { hacked: at },
    });
  }

  expect(byPath(attacked)).toEqual(byPath(clean));
}, 120_000);

test("one client that invents fields, parameters and credentials changes no statement", () => {
  const clean = createInventory();
  for (const options of honest) learn(clean, options);
  const invented = createInventory();
  for (const [at, options] of honest.entries()) {
    learn(invented, options);
    learn(invented, {
      ...options,
      client: "203.0.113.99",
      target: `${options.target?.split("?")[0]}?evil${at % 9}=1&page=2`,
      status: 200,
      headers: [...key, ["x-evil", "1"], ["x-evil-token", "0123456789"], ["cookie", "evil=1"]],
      body: { name: "x", amount: at, evil: { deep: [at] }, [`evil${at % 9}`]: true },
      response: { id: at, name: "x" },
    });
  }
  const statements = (inventory: Inventory): unknown =>
    byPath(inventory).map(({ method, path, parameters, schemas, authentication, lifecycle }) => ({
      method,
      path,
      lifecycle,
      parameters: parameters.map(({ in: place, name, type }) => `${place} ${name} ${type}`).sort(),
      members: [schemas.request, schemas.response].map((schema) =>
        Object.keys((schema as { properties?: object } | undefined)?.properties ?? {}),
      ),
      kinds: authentication.kinds,
      carriers: authentication.carriers?.map(({ name }) => name),
      verdict: authentication.verdict,
      required: authentication.required,
    }));

  expect(statements(invented)).toEqual(statements(clean));
});
