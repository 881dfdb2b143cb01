import { execFile, spawn, spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { appendFileSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadConfiguration } from "../src/config/load-configuration.ts";
import { createInventory, type Inventory } from "../src/discovery/inventory.ts";
import type { EndpointProfile } from "../src/model/endpoint.ts";
import { createGuard } from "../src/protection/create-guard.ts";
import { readExchanges } from "../src/sources/files/read-exchanges.ts";
import { createCounterMemory, GatewayCounters } from "../src/sources/gateway/gateway-counters.ts";
import { GatewayServer } from "../src/sources/gateway/gateway-server.ts";
import { optionsOf } from "./apps/start-gateway.ts";

const run = promisify(execFile);
const missing = whyNot();
if (missing.endsWith("not installed") && process.env["CI"] !== undefined) throw new Error(missing);

/** Why nothing can be captured here; empty when it can. */
function whyNot(): string {
  if (spawnSync("curl", ["--version"]).error !== undefined) return "curl is not installed";
  // Without privileges tcpdump lists no interface that it may read.
  const { error, stdout } = spawnSync("tcpdump", ["--list-interfaces"], { encoding: "utf8" });
  if (error !== undefined) return "tcpdump is not installed";
  return /\blo\b/.test(stdout) ? "" : "no privileges to capture on loopback";
}

const host = "shop.example";
const folder = mkdtempSync(join(tmpdir(), "merlon-captured-"));
const captureFile = join(folder, "traffic.pcap");
const logFile = join(folder, "access.log");

/** A small shop, which writes an access log as nginx would with `$host` in front. */
function answer(request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  request.on("end", () => {
    const { method = "", url = "", headers } = request;
    const isKnown = headers.authorization !== undefined || !url.startsWith("/orders");
    const status = isKnown ? (method === "POST" ? 201 : 200) : 401;
    const body = JSON.stringify({ id: 1, path: url.split("?")[0], tags: ["a"] });
    response.writeHead(status, { "Content-Type": "application/json" });
    // In two pieces, so that it is chunked.
    response.write(body.slice(0, 10));
    response.end(body.slice(10));
    const line = `"${method} ${url} HTTP/1.1" ${status} ${body.length} "-" "${headers["user-agent"]}"`;
    appendFileSync(logFile, `${host} 127.0.0.1 - - [10/Oct/2026:13:55:36 +0000] ${line}\n`);
  });
}

async function talkTo(port: number): Promise<void> {
  const url = `http://127.0.0.1:${port}`;
  const curl = async (...args: readonly string[]): Promise<void> => {
    await run("curl", ["-sS", "-H", `Host: ${host}`, "-o", join(folder, "body"), ...args]);
  };
  const token = ["-H", "Authorization: Bearer abcdefghijklmnop"];
  for (let at = 1; at <= 8; at += 1) {
    await curl(`${url}/products/${at}?expand=true`);
    await curl(...token, `${url}/orders/${at}`);
  }
  await curl(`${url}/orders/9`);
  await curl(
    ...token,
    "-H",
    "Content-Type: application/json",
    "-d",
    '{"sku":"a-1"}',
    `${url}/orders`,
  );
}

/** What is the same whichever way traffic came. */
function comparable(inventory: Inventory): readonly Partial<EndpointProfile>[] {
  return [...inventory.endpoints()]
    .map(({ method, path, style, calls, statuses, parameters, authentication, ...rest }) => ({
      method,
      host: rest.host,
      path,
      style,
      calls,
      statuses,
      parameters,
      authentication,
      exposure: rest.exposure,
      requestMediaTypes: rest.requestMediaTypes,
      responseMediaTypes: rest.responseMediaTypes,
      schemas: rest.schemas,
    }))
    .sort((left, right) =>
      `${left.method}${left.path}`.localeCompare(`${right.method}${right.path}`),
    );
}

async function learned(file: string): Promise<Inventory> {
  const inventory = createInventory();
  for await (const read of readExchanges(file)) {
    if ("exchange" in read) inventory.learn({ exchange: read.exchange });
    else if ("problem" in read) throw new Error(read.problem);
  }
  return inventory;
}

describe.skipIf(missing !== "")(`the same traffic${missing === "" ? "" : ` (${missing})`}`, () => {
  const throughGateway = createInventory();
  const upstream = createServer(answer);

  beforeAll(async () => {
    upstream.listen(0, "127.0.0.1");
    await once(upstream, "listening");
    const { port } = upstream.address() as AddressInfo;
    await capturing(port, async () => await talkTo(port));
    // Through the gateway the same is asked again; its log belongs to nobody.
    const log = join(folder, "kept.log");
    await run("cp", [logFile, log]);
    const gateway = await startLearningGateway(`http://127.0.0.1:${port}`, throughGateway);
    await talkTo(gateway.port);
    await gateway.server.drain();
    await run("mv", [log, logFile]);
  }, 60_000);

  afterAll(() => {
    upstream.close();
    rmSync(folder, { recursive: true });
  });

  test("gives one inventory through the gateway and from a capture of tcpdump", async () => {
    const captured = comparable(await learned(captureFile));
    expect(captured.map(({ method, path }) => `${method} ${path}`)).toEqual([
      "GET /orders/{orderId}",
      "GET /products/{productId}",
      "POST /orders",
    ]);
    expect(captured).toEqual(comparable(throughGateway));
  });

  test("gives the same from an access log, as far as a log can tell", async () => {
    const told = (inventory: Inventory): readonly unknown[] =>
      comparable(inventory).map(({ method, host: name, path, calls, statuses, parameters }) => ({
        method,
        name,
        path,
        calls,
        statuses,
        parameters: parameters?.filter((one) => one.in === "path" || one.in === "query"),
      }));
    const logged = await learned(logFile);
    expect(told(logged)).toEqual(told(await learned(captureFile)));
    // A log does not say who had credentials, and must not pretend to.
    const verdicts = [...logged.endpoints()].map(({ authentication }) => authentication.required);
    expect(verdicts).toEqual([undefined, undefined, undefined]);
  });
});

/** Writes down what passes a port of loopback while something is done. */
async function capturing(port: number, work: () => Promise<void>): Promise<void> {
  const dump = spawn(
    "tcpdump",
    ["-i", "lo", "-U", "-w", captureFile, "-Z", "root", `tcp port ${port}`],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  // It says so when it listens, and what it saw when it stops.
  await once(dump.stderr, "data");
  await work();
  await settled();
  dump.kill("SIGINT");
  await once(dump, "close");
}

/** Until the capture holds the last answer: packets reach tcpdump a little later. */
async function settled(): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    const inventory = await learned(captureFile).catch(() => undefined);
    const calls = [...(inventory?.endpoints() ?? [])].reduce((sum, { calls: one }) => sum + one, 0);
    if (calls >= 18) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function startLearningGateway(
  upstream: string,
  inventory: Inventory,
): Promise<{ readonly port: number; readonly server: GatewayServer }> {
  const { policy } = await loadConfiguration({ needsUpstream: false, looksForFile: false });
  const guard = createGuard({
    policy,
    record: ({ exchange }) => inventory.learn({ exchange }),
    now: Date.now,
    newId: randomUUID,
  });
  const counters = new GatewayCounters(createCounterMemory(1), 0);
  const server = new GatewayServer(
    { options: optionsOf({ upstream }), guard },
    { counters, onInternalError: (error) => expect(error).toBeUndefined() },
  );
  return { server, ...(await server.listen({ reusePort: false })) };
}
