import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { loadConfiguration } from "../src/config/load-configuration.ts";
import type { Mode } from "../src/model/decision.ts";
import { loadSpecification } from "../src/specifications/load-specification.ts";
import { type GuardedGateway, startGuardedGateway } from "./apps/start-guarded-gateway.ts";

/* The recipes as somebody follows them who reads nothing else: their file in front of a server. */

const directory = mkdtempSync(join(tmpdir(), "merlon-recipes-"));
const upstream = createServer((request, response) => {
  let text = "";
  request.on("data", (part) => {
    text += part;
  });
  request.on("end", () => {
    response.statusCode = text.includes("guess") ? 401 : 200;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ data: { products: [] } }));
  });
});
let origin = "";
let gateway: GuardedGateway | undefined;

beforeAll(async () => {
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
  writeFileSync(join(directory, "schema.graphql"), schema);
  writeFileSync(join(directory, "orders.wsdl"), wsdl);
});
afterEach(async () => {
  expect(gateway?.failures ?? []).toEqual([]);
  await gateway?.close();
  gateway = undefined;
});
afterAll(() => {
  upstream.close();
  rmSync(directory, { recursive: true });
});

const schema = "type Query { products: [Product] }\ntype Product { id: ID! name: String }\n";
const wsdl = `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
  xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:orders" targetNamespace="urn:orders" name="Orders">
  <types><xs:schema targetNamespace="urn:orders" elementFormDefault="qualified">
    <xs:element name="getOrder"><xs:complexType><xs:sequence><xs:element name="orderId" type="xs:int"/></xs:sequence></xs:complexType></xs:element>
    <xs:element name="getOrderResponse"><xs:complexType><xs:sequence><xs:element name="state" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
  </xs:schema></types>
  <message name="in"><part name="body" element="t:getOrder"/></message>
  <message name="out"><part name="body" element="t:getOrderResponse"/></message>
  <portType name="OrdersPort"><operation name="getOrder"><input message="t:in"/><output message="t:out"/></operation></portType>
  <binding name="OrdersBinding" type="t:OrdersPort"><soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="getOrder"><soap:operation soapAction="urn:orders#getOrder"/><input><soap:body use="literal"/></input><output><soap:body use="literal"/></output></operation></binding>
  <service name="Orders"><port name="p" binding="t:OrdersBinding"><soap:address location="http://shop.example/soap"/></port></service>
</definitions>`;

/** Starts a gateway by the recipe's first YAML block, with all its modes as told. */
async function follow(recipe: string, mode: Mode): Promise<void> {
  const page = readFileSync(`docs/recipes/${recipe}.md`, "utf8");
  const yaml = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const file = join(directory, `${recipe}-${mode}.yaml`);
  writeFileSync(
    file,
    yaml.replace("http://127.0.0.1:3000", origin).replaceAll("mode: observe", `mode: ${mode}`),
  );
  const { policy, specifications } = await loadConfiguration({ file });
  gateway = await startGuardedGateway({ upstream: origin }, policy, {
    knowledge: {
      specifications: await Promise.all(specifications.map((path) => loadSpecification(path))),
      endpoints: [],
    },
  });
}

async function post(
  path: string,
  type: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number> {
  const response = await fetch(`${gateway?.origin}${path}`, {
    method: "POST",
    headers: { host: "shop.example", "content-type": type, ...headers },
    body,
  });
  await response.arrayBuffer();
  return response.status;
}

const json = "application/json";

describe("the recipe for a login", () => {
  const login = (account: string, password: string, path = "/api/login"): Promise<number> =>
    post(path, json, JSON.stringify({ email: account, password }));

  test.each(["/api/login", "/api/enter"])("stops guessing at %s", async (path) => {
    await follow("protect-a-login", "enforce");
    const codes: number[] = [];
    for (let guess = 0; guess < 7; guess += 1) {
      codes.push(await login("ann@shop.example", `guess ${guess}`, path));
    }

    expect(codes).toEqual([401, 401, 401, 401, 401, 429, 429]);
    expect(await login("bob@shop.example", "right", path)).toBe(200);
  });

  test("bounds logins of one client, even right ones", async () => {
    await follow("protect-a-login", "enforce");
    const codes: number[] = [];
    for (let at = 0; at < 32; at += 1) codes.push(await login(`user${at}@shop.example`, "right"));

    expect(codes.filter((code) => code === 429).length).toBeGreaterThanOrEqual(1);
    expect(codes.slice(0, 30)).toEqual(Array.from({ length: 30 }, () => 200));
  });

  test("refuses nobody while observing", async () => {
    await follow("protect-a-login", "observe");
    const codes: number[] = [];
    for (let guess = 0; guess < 7; guess += 1) codes.push(await login("ann", `guess ${guess}`));

    expect(codes).not.toContain(429);
    expect(gateway?.records.at(-1)?.decision?.wouldBe).toBe("block");
  });
});

describe("the recipe for GraphQL", () => {
  const ask = (query: string): Promise<number> => post("/graphql", json, JSON.stringify({ query }));
  const deep = `{ products ${"{ products ".repeat(12)}{ id }${" }".repeat(12)} }`;

  test("stops questions about the schema, for what it lacks, and too deep ones", async () => {
    await follow("guard-a-graphql-api", "enforce");

    expect(await ask("{ __schema { types { name } } }")).toBe(403);
    expect(await ask("{ users { password } }")).toBe(400);
    expect(await ask(deep)).toBe(400);
    expect(await ask("{ products { id name } }")).toBe(200);
  });

  test("refuses nobody while observing", async () => {
    await follow("guard-a-graphql-api", "observe");

    expect(await ask("{ __schema { types { name } } }")).toBe(200);
    expect(gateway?.records.at(-1)?.decision?.wouldBe).toBe("block");
  });
});

describe("the recipe for SOAP", () => {
  const call = (body: string, prolog = ""): Promise<number> =>
    post(
      "/soap",
      "text/xml",
      `<?xml version="1.0"?>${prolog}<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>${body}</s:Body></s:Envelope>`,
      { soapaction: '"urn:orders#getOrder"' },
    );
  const order = '<getOrder xmlns="urn:orders"><orderId>12</orderId></getOrder>';

  test("lets the described operation pass, and no other one, and no type definition", async () => {
    await follow("guard-a-soap-service", "enforce");

    expect(await call(order)).toBe(200);
    expect(await call('<dropOrders xmlns="urn:orders"/>')).toBe(404);
    expect(await call(order, '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>')).toBe(400);
    expect(await call(order.replace("12", "1 or 1=1"))).toBe(403);
  });

  test("refuses nobody while observing", async () => {
    await follow("guard-a-soap-service", "observe");

    expect(await call('<dropOrders xmlns="urn:orders"/>')).toBe(200);
    expect(gateway?.records.at(-1)?.decision?.wouldBe).toBe("block");
  });
});
