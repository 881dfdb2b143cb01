import type { DatabaseSync } from "node:sqlite";
import { passwordHashOf } from "./database.ts";
import { type Answer, problem, type Route, type ShopRequest } from "./route.ts";
import type { Tokens } from "./tokens.ts";

type Row = Record<string, string | number | null>;

const pageSize = 20;

/** Version 2 of the API: parameterised statements, tokens where they belong. */
export function shopRoutes(database: DatabaseSync, tokens: Tokens): readonly Route[] {
  return [
    {
      method: "POST",
      path: /^\/api\/v2\/login$/,
      answer: (request) => login(database, tokens, request),
    },
    {
      method: "GET",
      path: /^\/api\/v2\/products$/,
      answer: (request) => products(database, request),
    },
    {
      method: "GET",
      path: /^\/api\/v2\/products\/([^/]+)$/,
      answer: (request) => product(database, request),
    },
    {
      method: "GET",
      path: /^\/api\/v2\/gift-cards\/([^/]+)$/,
      answer: () => problem(404, "Not Found"),
    },
    ...signedIn(tokens, [
      ["GET", /^\/api\/v2\/users\/me$/, (user) => me(database, user)],
      ["GET", /^\/api\/v2\/orders$/, (user) => orders(database, user)],
      ["POST", /^\/api\/v2\/orders$/, (user, request) => addOrder(database, user, request)],
      // Broken object level authorization, on purpose: any signed-in user may read any order.
      ["GET", /^\/api\/v2\/orders\/(\d+)$/, (_user, request) => order(database, request)],
      ["DELETE", /^\/api\/v2\/orders\/(\d+)$/, (user, request) => cancel(database, user, request)],
    ]),
    // Left out of openapi.yaml on purpose: an internal export that nobody protected.
    { method: "GET", path: /^\/internal\/export\/customers$/, answer: () => customers(database) },
    { method: "GET", path: /^\/health$/, answer: () => ({ status: 200, body: { status: "ok" } }) },
  ];
}

type SignedInAnswer = (userId: number, request: ShopRequest) => Answer;

function signedIn(
  tokens: Tokens,
  table: readonly (readonly [Route["method"], RegExp, SignedInAnswer])[],
): Route[] {
  return table.map(([method, path, answer]) => ({
    method,
    path,
    answer(request) {
      const userId = tokens.userOf(request.headers);
      if (userId === undefined) return problem(401, "Unauthorized");
      return answer(userId, request);
    },
  }));
}

function login(database: DatabaseSync, tokens: Tokens, { body }: ShopRequest): Answer {
  const { email, password } = JSON.parse(body);
  const user = database
    .prepare("SELECT id, password_hash FROM users WHERE email = ?")
    .get(String(email)) as Row | undefined;
  const stored = String(user?.["password_hash"] ?? "");
  if (
    user === undefined ||
    passwordHashOf(String(password), stored.split("$")[0] ?? "") !== stored
  ) {
    return problem(401, "Unauthorized");
  }
  return { status: 200, body: { token: tokens.issue(Number(user["id"])), expiresIn: 3600 } };
}

function products(database: DatabaseSync, { query }: ShopRequest): Answer {
  const page = Math.max(1, Number(query.get("page") ?? 1) || 1);
  const items = database
    .prepare(
      "SELECT id, name, category, price FROM products WHERE name LIKE ? AND category LIKE ? LIMIT ? OFFSET ?",
    )
    .all(
      `%${query.get("q") ?? ""}%`,
      query.get("category") ?? "%",
      pageSize,
      (page - 1) * pageSize,
    );
  return { status: 200, headers: { "cache-control": "max-age=30" }, body: { page, items } };
}

function product(database: DatabaseSync, { params: [id = ""] }: ShopRequest): Answer {
  const found = database.prepare("SELECT * FROM products WHERE id = ?").get(id);
  return found === undefined ? problem(404, "Not Found") : { status: 200, body: found };
}

function me(database: DatabaseSync, userId: number): Answer {
  const user = database
    .prepare("SELECT id, email, name, phone, city FROM users WHERE id = ?")
    .get(userId);
  return { status: 200, headers: { "cache-control": "no-store" }, body: user };
}

function orders(database: DatabaseSync, userId: number): Answer {
  const items = database.prepare("SELECT * FROM orders WHERE user_id = ? LIMIT 50").all(userId);
  return { status: 200, body: { items } };
}

function addOrder(database: DatabaseSync, userId: number, { body }: ShopRequest): Answer {
  const { productId, quantity = 1, note = "" } = JSON.parse(body);
  const found = database.prepare("SELECT price FROM products WHERE id = ?").get(productId) as
    | Row
    | undefined;
  if (found === undefined) return problem(422, "Unknown product");
  const total = Number(found["price"]) * Number(quantity);
  const { lastInsertRowid } = database
    .prepare(
      "INSERT INTO orders (user_id, product_id, quantity, total, status, note, created) VALUES (?, ?, ?, ?, 'paid', ?, ?)",
    )
    .run(userId, productId, quantity, total, String(note), new Date().toISOString());
  const id = Number(lastInsertRowid);
  return { status: 201, headers: { location: `/api/v2/orders/${id}` }, body: { id, total } };
}

function order(database: DatabaseSync, { params: [id = ""] }: ShopRequest): Answer {
  const found = database
    .prepare(
      "SELECT orders.*, users.email FROM orders JOIN users ON users.id = user_id WHERE orders.id = ?",
    )
    .get(id);
  return found === undefined ? problem(404, "Not Found") : { status: 200, body: found };
}

function cancel(
  database: DatabaseSync,
  userId: number,
  { params: [id = ""] }: ShopRequest,
): Answer {
  const { changes } = database
    .prepare("DELETE FROM orders WHERE id = ? AND user_id = ?")
    .run(id, userId);
  return Number(changes) === 0
    ? problem(404, "Not Found")
    : { status: 200, body: { cancelled: true } };
}

function customers(database: DatabaseSync): Answer {
  const items = database.prepare("SELECT id, email, name, phone, card FROM users LIMIT 10").all();
  return { status: 200, body: { items } };
}
