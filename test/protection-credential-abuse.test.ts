import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type GuardedGateway, startGuardedGateway } from "./apps/start-guarded-gateway.ts";

/* The protection `credential-abuse` through a real socket, in front of an API with real logins. */

const right = "correct horse";

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const part of request) text += part;
  return text;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const text = await bodyOf(request);
  const json = (status: number, body: object): void => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
  const { authorization = "" } = request.headers;
  if (request.url === "/graphql") {
    const isRight = text.includes(right);
    json(200, isRight ? { data: { login: { token: "t" } } } : { errors: [{ message: "no" }] });
  } else if (request.url === "/basic") {
    const pair = Buffer.from(authorization.slice(6), "base64").toString();
    json(pair.endsWith(`:${right}`) ? 404 : 401, {});
  } else {
    json(text.includes(right) || text.includes("correct+horse") ? 200 : 401, {});
  }
}

const upstream = createServer((request, response) => void answer(request, response));
let upstreamUrl = "";
let nowMs = 1_800_000_000_000;
const gateways: GuardedGateway[] = [];

beforeAll(async () => {
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", resolve));
  upstreamUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const gateway of gateways.splice(0)) {
    expect(gateway.failures).toEqual([]);
    await gateway.close();
  }
});
afterAll(() => upstream.close());

async function start(setting: Readonly<Record<string, unknown>> = {}): Promise<GuardedGateway> {
  const gateway = await startGuardedGateway(
    { upstream: upstreamUrl, trustedProxies: ["127.0.0.1"] },
    { protections: { "credential-abuse": setting } },
    { now: () => nowMs },
  );
  gateways.push(gateway);
  return gateway;
}

interface Login {
  readonly client?: string;
  readonly account?: string;
  readonly password?: string;
  readonly path?: string;
}

async function logIn(gateway: GuardedGateway, login: Login): Promise<number> {
  const { client = "192.0.2.1", account = "ann@shop.example", password = "x" } = login;
  const { path = "/api/login" } = login;
  const isGraphql = path === "/graphql";
  const response = await fetch(`${gateway.origin}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-forwarded-for": client },
    body: JSON.stringify(
      isGraphql
        ? {
            query: "mutation($e:String!,$p:String!){login(email:$e,password:$p){token}}",
            variables: { email: account, password },
          }
        : { email: account, password },
    ),
  });
  await response.arrayBuffer();
  return response.status;
}

async function logInMany(
  gateway: GuardedGateway,
  count: number,
  loginOf: (index: number) => Login,
): Promise<readonly number[]> {
  const codes: number[] = [];
  for (let index = 0; index < count; index += 1) {
    codes.push(await logIn(gateway, loginOf(index)));
  }
  return codes;
}

const count = (codes: readonly number[], status: number): number =>
  codes.filter((code) => code === status).length;

describe("brute force", () => {
  test.each(["/api/login", "/graphql", "/oauth/token"])("is stopped at %s", async (path) => {
    const gateway = await start();
    const codes = await logInMany(gateway, 15, (index) => ({ path, password: `guess ${index}` }));

    expect(codes.lastIndexOf(429)).toBe(14);
    expect(count(codes, 429)).toBe(5);
    // Even the right one, for whoever may not try any more.
    expect(await logIn(gateway, { path, password: right })).toBe(429);
    expect(await logIn(gateway, { path, password: right, client: "192.0.2.2" })).toBe(200);

    nowMs += 3_600_000;
    expect(await logIn(gateway, { path, password: right })).toBe(200);
  });

  test("with Basic credentials is stopped at any endpoint, and other errors do not count", async () => {
    const gateway = await start();
    const ask = async (password: string): Promise<number> => {
      const authorization = `Basic ${Buffer.from(`ann:${password}`).toString("base64")}`;
      const response = await fetch(`${gateway.origin}/basic`, { headers: { authorization } });
      await response.arrayBuffer();
      return response.status;
    };
    const honest: number[] = [];
    for (let index = 0; index < 30; index += 1) honest.push(await ask(right));
    expect(count(honest, 404)).toBe(30);

    const guessed: number[] = [];
    for (let index = 0; index < 12; index += 1) guessed.push(await ask(`guess ${index}`));
    expect(count(guessed, 429)).toBe(2);
  });

  test("spread over many addresses is stopped, and the owner still gets in", async () => {
    const gateway = await start();
    const owner = { client: "198.51.100.1", password: right };
    expect(await logIn(gateway, owner)).toBe(200);
    const codes = await logInMany(gateway, 80, (index) => ({
      client: `203.0.113.${index}`,
      password: `guess ${index}`,
    }));

    expect(count(codes, 429)).toBe(20);
    expect(await logIn(gateway, owner)).toBe(200);
  });

  test("is only reported in observe mode", async () => {
    const gateway = await start({ mode: "observe" });
    const codes = await logInMany(gateway, 15, () => ({}));

    expect(count(codes, 401)).toBe(15);
    await expect.poll(() => gateway.records.length).toBe(15);
    expect(gateway.records.at(-1)?.decision).toMatchObject({ wouldBe: "block", status: 429 });
    expect(JSON.stringify(gateway.records.at(-1)?.decision)).not.toContain("ann@");
  });
});

describe("many accounts", () => {
  test("tried by one client are credential stuffing", async () => {
    const gateway = await start();
    const codes = await logInMany(gateway, 30, (index) => ({
      account: `user${index}@shop.example`,
      password: `leaked ${index}`,
    }));

    expect(count(codes, 429)).toBe(15);
  });

  test("tried with one password are password spraying", async () => {
    const gateway = await start();
    const codes = await logInMany(gateway, 40, (index) => ({
      client: `203.0.113.${index}`,
      account: `user${index}@shop.example`,
      password: "Winter2026!",
    }));

    expect(count(codes, 429)).toBe(15);
  });

  test("of an office behind one address pass, mistakes included", async () => {
    const gateway = await start();
    const codes = await logInMany(gateway, 200, (index) => ({
      account: `employee${index >> 1}@shop.example`,
      // Every fourth one mistypes at first.
      password: index % 8 === 0 ? `typo ${index}` : right,
    }));

    expect(count(codes, 429)).toBe(0);
  });
});

describe("what is no login", () => {
  test("is left alone: sign-ups, searches, orders", async () => {
    const gateway = await start();
    for (const path of ["/api/signup", "/api/users", "/api/auth/register", "/api/orders"]) {
      const codes = await logInMany(gateway, 40, (index) => ({ path, account: `u${index}` }));
      expect(count(codes, 429)).toBe(0);
    }
  });

  test("but is one when the configuration says so", async () => {
    const gateway = await start({ endpoints: ["POST */api/enter"] });
    const codes = await logInMany(gateway, 12, () => ({ path: "/api/enter" }));

    expect(count(codes, 429)).toBe(2);
  });
});

test("a leaked password is told of, without being shown", async () => {
  const directory = await mkdtemp(join(tmpdir(), "merlon-leaked-"));
  const hash = createHash("sha1").update("hunter2").digest("hex").toUpperCase();
  await writeFile(
    join(directory, `${hash.slice(0, 5)}.txt`),
    `0000:1\r\n${hash.slice(5)}:17043\r\n`,
  );
  const gateway = await start({ leakedPasswords: directory });
  await logIn(gateway, { password: "hunter2" });
  await logIn(gateway, { password: "not in the list" });
  await expect.poll(() => gateway.records.length).toBe(2);
  await rm(directory, { recursive: true });

  expect(gateway.records[0]?.decision).toMatchObject({
    action: "allow",
    detections: [{ detector: "leaked-password" }],
  });
  expect(JSON.stringify(gateway.records[0]?.decision)).not.toContain("hunter2");
  expect(gateway.records[1]?.decision).toBeUndefined();
});
