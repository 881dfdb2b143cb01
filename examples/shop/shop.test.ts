import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AttackStep, attack } from "./attacker.ts";
import { runCustomers } from "./customers.ts";
import { emailOf, seedPassword } from "./database.ts";
import { createShop } from "./shop.ts";

const shop = createShop({ labKey: "lab" });
let origin = "";
/** What dumps the users through the old version. */
const union = "0 UNION SELECT id, email, phone, password_hash FROM users-- -";

beforeAll(async () => {
  origin = await shop.listen(0);
});

afterAll(() => shop.close());

describe("the shop", () => {
  test("lets honest customers log in, browse and order without an error", async () => {
    const statuses = new Map<number, number>();
    shop.server.on("request", (_request, response) => {
      response.on("finish", () =>
        statuses.set(response.statusCode, (statuses.get(response.statusCode) ?? 0) + 1),
      );
    });

    const made = await runCustomers({
      origin,
      requestsPerSecond: 1_000_000,
      requestsMax: 300,
      signal: AbortSignal.timeout(30_000),
    });

    expect(made).toBe(300);
    expect([...statuses.keys()].sort()).toEqual([200, 201]);
  });

  test("keeps orders and profiles to people who signed in", async () => {
    expect((await fetch(`${origin}/api/v2/orders`)).status).toBe(401);
    const forged = { authorization: "Bearer e30.eyJzdWIiOiIxIn0.AAAA" };
    expect((await fetch(`${origin}/api/v2/users/me`, { headers: forged })).status).toBe(401);
  });

  test("takes a quote in a search for what it is", async () => {
    const answer = await fetch(`${origin}/api/v2/products?q=${encodeURIComponent("' OR 1=1 --")}`);

    expect(await answer.json()).toMatchObject({ items: [] });
  });

  test.each([
    ["in the path", () => fetch(`${origin}/api/v2/products/${encodeURIComponent(union)}`)],
    ["in a search", () => fetch(`${origin}/api/v2/products?q=${encodeURIComponent(`'${union}`)}`)],
    [
      "in a GraphQL variable",
      () =>
        fetch(`${origin}/graphql`, {
          method: "POST",
          body: JSON.stringify({
            query: "query Search($q: String) { products(search: $q) { name } }",
            variables: { q: `'${union}` },
          }),
        }),
    ],
    [
      "in a SOAP element",
      () =>
        fetch(`${origin}/soap/stock`, {
          method: "POST",
          body: `<Envelope><Body><productId>${union}</productId></Body></Envelope>`,
        }),
    ],
  ])("is not moved by SQL %s of what replaced the old version", async (_where, ask) => {
    const answer = await ask();

    expect(await answer.text()).not.toContain("@example.com");
    expect(answer.status).toBeLessThan(500);
  });

  test("really has broken object level authorization on orders", async () => {
    const login = await fetch(`${origin}/api/v2/login`, {
      method: "POST",
      body: JSON.stringify({ email: emailOf(1), password: seedPassword }),
    });
    const { token } = (await login.json()) as { token: string };
    const owners = new Set<string>();
    for (const id of [1, 2, 3, 4]) {
      const answer = await fetch(`${origin}/api/v2/orders/${id}`, {
        headers: { authorization: `Bearer ${token}` },
      });
      owners.add(((await answer.json()) as { email: string }).email);
    }

    expect(owners.size).toBeGreaterThan(1);
  });
});

describe("the attacker", () => {
  test("finds the old version, dumps the users and runs a command when nothing stops it", async () => {
    const steps = await all(attack({ origin, labKey: "lab", signal: AbortSignal.timeout(30_000) }));

    expect(steps.find(({ tried }) => tried === "GET /api/v1/products")?.succeeded).toBe(true);
    expect(stagesWon(steps)).toEqual(
      new Set(["reconnaissance", "probing", "sql-injection", "command-injection"]),
    );
    expect(steps.find(({ loot }) => loot?.includes("uid="))).toBeDefined();
  });

  test("gets no shell without the lab key", async () => {
    const steps = await all(attack({ origin, signal: AbortSignal.timeout(30_000) }));

    expect(stagesWon(steps)).not.toContain("command-injection");
    expect(stagesWon(steps)).toContain("sql-injection");
  });
});

function stagesWon(steps: readonly AttackStep[]): Set<string> {
  return new Set(steps.filter(({ succeeded }) => succeeded).map(({ stage }) => stage));
}

async function all(steps: AsyncIterable<AttackStep>): Promise<AttackStep[]> {
  const list: AttackStep[] = [];
  for await (const step of steps) list.push(step);
  return list;
}
