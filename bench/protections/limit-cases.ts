import type { RequestHead } from "../../src/model/exchange.ts";
import { graphqlLimits } from "../../src/protection/protections/graphql-limits.ts";
import { structureLimits } from "../../src/protection/protections/structure-limits.ts";
import { orderBody } from "./order-body.ts";
import type { ProtectionCase } from "./protection-case.ts";

const operation =
  "query($id:ID!){order(id:$id){id status customer{name mail} items(first:20){nodes{sku title price}}}}";

/** Limits of structure on bodies of 1 KB, and of a GraphQL operation as clients send it. */
export function createLimitCases(head: RequestHead): readonly ProtectionCase[] {
  const body = Buffer.from(JSON.stringify({ query: operation, variables: { id: "1" } }));
  const graphql = { ...head, path: "/graphql", query: "" };
  return [
    {
      name: "structure-limits, 1 KB JSON body",
      protections: [structureLimits],
      settings: {},
      requests: [head],
      body: orderBody,
    },
    {
      name: "graphql-limits, an operation",
      protections: [graphqlLimits],
      settings: {},
      requests: [graphql],
      body,
    },
  ];
}
