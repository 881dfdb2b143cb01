import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createShop } from "../examples/shop/shop.ts";
import type { DecisionDetail, EndpointSummary, Overview, Page } from "../src/console/contract.ts";
import { openSqliteStorage } from "../src/storage/sqlite/open-sqlite-storage.ts";
import { type ConsoleClient, signIn } from "./console-client.ts";
import { type RunningProcess, startProcess } from "./running-process.ts";

/* `merlon guard` as a user runs it: a process of its own, in front of the shop, driven from outside. */

const shop = createShop();
let upstream = "";
let directory = "";
let guard: RunningProcess | undefined;

interface Started {
  readonly gateway: string;
  readonly console: string;
  readonly oneTimePassword: string;
}

beforeAll(async () => {
  upstream = await shop.listen(0);
});
afterAll(() => shop.close());
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "merlon-guard-"));
});
afterEach(async () => {
  await guard?.stop();
  guard = undefined;
  await rm(directory, { recursive: true });
});

async function startGuard(...args: readonly string[]): Promise<Started> {
  const common = [
    "--port",
    "0",
    "--console-port",
    "0",
    "--data",
    join(directory, "data"),
    "--json",
  ];
  guard = await startProcess(["src/cli.ts", "guard", ...common, ...args]);
  const started = JSON.parse(guard.firstLine);
  return {
    gateway: started.gateway.origin,
    console: started.console.origin,
    oneTimePassword: started.console.oneTimePassword,
  };
}

const injection = `/api/v1/products?product_id=${encodeURIComponent("0 UNION SELECT id, email, phone, card FROM users")}`;

async function eventually<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (;;) {
    const value = await look();
    if (value !== undefined) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function endpointAt(client: ConsoleClient, path: string): Promise<EndpointSummary> {
  return eventually(async () => {
    const { items } = await client.get<Page<EndpointSummary>>("/api/endpoints?limit=100");
    return items.find((endpoint) => endpoint.path === path);
  });
}

describe("merlon guard", () => {
  test("observes by default: the attack passes, and is explained", async () => {
    const { gateway, console, oneTimePassword } = await startGuard("--upstream", upstream);
    const client = await signIn(console, oneTimePassword);

    expect((await fetch(gateway + injection)).status).toBe(200);

    const { items } = await eventually(async () => {
      const list = await client.get<{ items: DecisionDetail["decision"][] }>(
        "/api/decisions?limit=10",
      );
      return list.items.length > 0 ? list : undefined;
    });
    const { decision, suggestedExceptions } = await client.get<DecisionDetail>(
      `/api/decisions/${items[0]?.id}`,
    );
    expect(decision).toMatchObject({ action: "allow", wouldBe: "block" });
    expect(decision.detections[0]).toMatchObject({ detector: "sql-injection", name: "product_id" });
    expect(suggestedExceptions[0]).toMatchObject({
      detector: "sql-injection",
      field: "query:product_id",
    });
    expect(await client.get<Overview>("/api/overview")).toMatchObject({ mode: "observe" });
  });

  test("blocks when enforcing, tells the client the decision's id and nothing else", async () => {
    const { gateway } = await startGuard("--upstream", upstream, "--mode", "enforce");

    const refused = await fetch(gateway + injection);

    const id = refused.headers.get("merlon-decision");
    expect(refused.status).toBe(403);
    expect(refused.headers.get("content-type")).toBe("application/problem+json");
    expect(await refused.json()).toEqual({
      type: "about:blank",
      title: "Forbidden",
      status: 403,
      decision: id,
    });
    expect((await fetch(`${gateway}/api/v2/products?q=O'Brien`)).status).toBe(200);
  });

  test("switches to enforce and takes an exception from the console, at once", async () => {
    const { gateway, console, oneTimePassword } = await startGuard("--upstream", upstream);
    const client = await signIn(console, oneTimePassword);

    expect((await client.send("PUT", "/api/policy/mode", { mode: "enforce" })).status).toBe(200);
    const refused = await fetch(gateway + injection);
    expect(refused.status).toBe(403);

    const id = refused.headers.get("merlon-decision") ?? "";
    const { suggestedExceptions } = await eventually(() =>
      client.get<DecisionDetail>(`/api/decisions/${id}`).catch(() => undefined),
    );
    for (const exception of suggestedExceptions) {
      expect((await client.send("POST", "/api/exceptions", exception)).status).toBe(201);
    }
    expect((await fetch(gateway + injection)).status).toBe(200);
  });

  test("learns endpoints from honest traffic and none from a scan", async () => {
    const { gateway, console, oneTimePassword } = await startGuard("--upstream", upstream);
    const client = await signIn(console, oneTimePassword);
    for (let id = 1; id <= 30; id += 1) await fetch(`${gateway}/api/v2/products/${id}`);
    for (let at = 0; at < 100; at += 1) await fetch(`${gateway}/wp-admin/${at}.php`);

    expect(await endpointAt(client, "/api/v2/products/{productId}")).toMatchObject({
      method: "GET",
    });

    const { items } = await client.get<Page<EndpointSummary>>("/api/endpoints?limit=100");
    expect(items.map(({ path }) => path)).toEqual(["/api/v2/products/{productId}"]);
  });

  test("keeps what it learned, and the password, over a restart", async () => {
    const first = await startGuard("--upstream", upstream);
    const client = await signIn(first.console, first.oneTimePassword);
    for (let id = 1; id <= 30; id += 1) await fetch(`${first.gateway}/api/v2/products/${id}`);
    await endpointAt(client, "/api/v2/products/{productId}");
    expect(await guard?.stop("SIGINT")).toBe(0);

    const second = await startGuard("--upstream", upstream);

    expect(second.oneTimePassword).toBeUndefined();
    const metrics = await (await fetch(`${second.console}/metrics`)).text();
    expect(metrics).toContain("merlon_inventory_endpoints 1");
  });

  test("loses nothing that was recorded when it is killed", async () => {
    const first = await startGuard("--upstream", upstream, "--mode", "enforce");
    const client = await signIn(first.console, first.oneTimePassword);
    const id = (await fetch(first.gateway + injection)).headers.get("merlon-decision") ?? "";
    const found = () => client.get<DecisionDetail>(`/api/decisions/${id}`).catch(() => undefined);
    await eventually(found);
    await guard?.stop("SIGKILL");

    const storage = openSqliteStorage({ directory: join(directory, "data") });
    expect(await storage.traffic.findDecision(id)).toMatchObject({ id, action: "block" });
    expect(await storage.traffic.findExchange(id)).toMatchObject({ id });
    storage.close();
  });

  test("takes a changed file on SIGHUP, and keeps the old one when the new is broken", async () => {
    const file = join(directory, "merlon.yaml");
    await writeFile(file, `upstream: ${upstream}\nmode: observe\n`);
    const { gateway } = await startGuard("--config", file);
    expect((await fetch(gateway + injection)).status).toBe(200);

    await writeFile(file, `upstream: ${upstream}\nmode: enforce\n`);
    guard?.child.kill("SIGHUP");
    await eventually(async () =>
      (await fetch(gateway + injection)).status === 403 ? true : undefined,
    );

    await writeFile(file, `upstream: ${upstream}\nmoode: observe\n`);
    guard?.child.kill("SIGHUP");
    for (let at = 0; at < 20; at += 1) expect((await fetch(gateway + injection)).status).toBe(403);
  });

  test("takes a specification that the file names anew into the inventory, and out of it again", async () => {
    const file = join(directory, "merlon.yaml");
    const specification = join(directory, "shop.yaml");
    await writeFile(
      specification,
      "openapi: 3.1.0\ninfo: {title: Shop, version: '1'}\npaths:\n  /api/v2/products/{productId}:\n    get: {responses: {'200': {description: ok}}}\n",
    );
    await writeFile(file, `upstream: ${upstream}\n`);
    const { gateway, console, oneTimePassword } = await startGuard("--config", file);
    const client = await signIn(console, oneTimePassword);
    const lifecycle = (wanted: string) =>
      eventually(async () => {
        const { items } = await client.get<Page<EndpointSummary>>("/api/endpoints?limit=100");
        return items.find(
          ({ path, lifecycle: is }) => path === "/api/v2/products/{productId}" && is === wanted,
        );
      });
    for (const id of [1, 2, 3]) await fetch(`${gateway}/api/v2/products/${id}`);
    await lifecycle("undocumented");

    await writeFile(file, `upstream: ${upstream}\nspecifications: [shop.yaml]\n`);
    guard?.child.kill("SIGHUP");
    await lifecycle("documented");

    await writeFile(file, `upstream: ${upstream}\n`);
    guard?.child.kill("SIGHUP");
    await lifecycle("undocumented");
  });

  test("does not share its port with another one", async () => {
    const { gateway } = await startGuard("--upstream", upstream);
    const { port } = new URL(gateway);
    const args = ["--port", port, "--console-port", "0", "--data", join(directory, "other")];

    await expect(
      startProcess(["src/cli.ts", "guard", "--upstream", upstream, ...args]),
    ).rejects.toThrow("ended with 3");
  });

  test("does not share its data with another one", async () => {
    await startGuard("--upstream", upstream);
    const data = join(directory, "data");
    const args = ["--port", "0", "--console-port", "0", "--data", data];

    await expect(
      startProcess(["src/cli.ts", "guard", "--upstream", upstream, ...args]),
    ).rejects.toThrow("ended with 3");
  });

  test("says what is wrong with its configuration, where, and how to mend it", async () => {
    const file = join(directory, "merlon.yaml");
    await writeFile(file, `upstream: ${upstream}\nmoode: observe\n`);

    await expect(startProcess(["src/cli.ts", "guard", "--config", file])).rejects.toThrow(
      "ended with 2",
    );
  });
});
