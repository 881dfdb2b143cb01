import type { DatabaseSync } from "node:sqlite";
import { buildSchema, graphql } from "graphql";
import type { Route } from "./route.ts";

const schema = buildSchema(`
  type Query {
    product(id: Int!): Product
    products(search: String, first: Int): [Product!]!
  }
  type Mutation { rate(productId: Int!, stars: Int!): Product }
  type Product { id: Int!, name: String!, price: Float!, category: String, related: [Product!]! }
`);

interface Product {
  readonly id: number;
  readonly category: string;
}

/** `POST /graphql`: introspection is on and depth is not limited, on purpose. */
export function graphqlRoute(database: DatabaseSync): Route {
  const withRelated = (product: Product): unknown => ({
    ...product,
    related: () =>
      (
        database
          .prepare("SELECT * FROM products WHERE category = ? AND id <> ? LIMIT 3")
          .all(product.category, product.id) as unknown as Product[]
      ).map(withRelated),
  });
  const one = (id: number): unknown => {
    const found = database.prepare("SELECT * FROM products WHERE id = ?").get(id);
    return found === undefined ? null : withRelated(found as unknown as Product);
  };
  const rootValue = {
    product: ({ id }: { id: number }) => one(id),
    products: ({ search = "", first = 10 }: { search?: string; first?: number }) =>
      (
        database
          .prepare("SELECT * FROM products WHERE name LIKE ? LIMIT ?")
          .all(`%${search}%`, first) as unknown as Product[]
      ).map(withRelated),
    rate: ({ productId }: { productId: number }) => one(productId),
  };

  return {
    method: "POST",
    path: /^\/graphql$/,
    async answer({ body }) {
      const { query, variables, operationName } = JSON.parse(body);
      const result = await graphql({
        schema,
        source: String(query),
        rootValue,
        variableValues: variables,
        operationName,
      });
      return { status: 200, body: result };
    },
  };
}
