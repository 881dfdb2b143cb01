import type { RequestHead } from "../../src/model/exchange.ts";
import { contracts } from "../../src/protection/protections/contracts.ts";
import { readOpenApi } from "../../src/specifications/openapi-import.ts";
import type { Specification } from "../../src/specifications/specification.ts";
import { parseSpecificationText } from "../../src/specifications/specification-text.ts";
import { orderBody } from "./order-body.ts";
import type { ProtectionCase } from "./protection-case.ts";

/** Operations of the description that requests are held to. */
const OPERATIONS = 600;

const text = { type: "string", maxLength: 200 };
const order = {
  type: "object",
  required: ["customer", "items", "currency"],
  properties: {
    customer: {
      type: "object",
      required: ["mail"],
      properties: { name: text, mail: { type: "string", format: "email" }, phone: text },
    },
    address: {
      type: "object",
      properties: { street: text, city: text, zip: text, country: { enum: ["DE", "FR", "NL"] } },
    },
    placedAt: { type: "string", format: "date-time" },
    currency: { type: "string", pattern: "^[A-Z]{3}$" },
    gift: { type: "boolean" },
    note: text,
    items: { type: "array", maxItems: 100, items: { $ref: "#/components/schemas/Item" } },
  },
};
const item = {
  type: "object",
  required: ["sku", "quantity"],
  properties: {
    sku: { type: "string", pattern: "^[A-Z]{2}-\\d{4}$" },
    title: text,
    quantity: { type: "integer", minimum: 1 },
    price: { type: "number", minimum: 0 },
  },
};

function describedShop(): Specification {
  const path = (name: string) => ({
    get: { parameters: [{ name: "page", in: "query", schema: { type: "integer" } }] },
    post: {
      parameters: [{ name: "expand", in: "query", schema: { enum: ["items", "customer"] } }],
      requestBody: {
        content: { "application/json": { schema: { $ref: `#/components/schemas/${name}` } } },
      },
    },
  });
  const names = Array.from({ length: OPERATIONS / 2 }, (_, at) => (at === 0 ? "orders" : `r${at}`));
  const document = {
    openapi: "3.1.0",
    paths: Object.fromEntries(names.map((name) => [`/api/v1/${name}`, path(name)])),
    components: {
      schemas: { Item: item, ...Object.fromEntries(names.map((name) => [name, order])) },
    },
  };
  return readOpenApi(parseSpecificationText(JSON.stringify(document), "shop.json"));
}

/** A request with a body of 1 KB against a description of hundreds of operations. */
export function createContractCases(head: RequestHead): readonly ProtectionCase[] {
  const started = performance.now();
  const specification = describedShop();
  console.log(
    `description of ${specification.operations.length} operations read in ${Math.round(performance.now() - started)} ms`,
  );
  const knowledge = { specifications: [specification], endpoints: [] };
  const common = { protections: [contracts], settings: {}, knowledge };
  return [
    { name: "contracts, head of a request", ...common, requests: [head] },
    { name: "contracts, 1 KB JSON body", ...common, requests: [head], body: orderBody },
  ];
}
