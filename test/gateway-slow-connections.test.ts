import { type ChildProcess, execFileSync, fork } from "node:child_process";
import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EchoUpstream, startEchoUpstream } from "./apps/echo-upstream.ts";
import { sendRaw } from "./apps/raw-client.ts";
import type { ToSlowClients } from "./apps/slow-clients.ts";
import { type RunningGateway, startGateway } from "./apps/start-gateway.ts";

const WANTED = 10_000;

/** One end of each connection is a file of this process; some are needed for everything else. */
const files =
  Number(execFileSync("sh", ["-c", "ulimit -n"], { encoding: "utf8" }).trim()) || WANTED;
const connections = Math.min(WANTED, files - 500);
const scaled = connections < WANTED ? ` (${WANTED} wanted, ulimit -n is ${files})` : "";

describe(`${connections} slow connections${scaled}`, () => {
  let upstream: EchoUpstream;
  let gateway: RunningGateway;
  let clients: ChildProcess;

  beforeAll(async () => {
    upstream = await startEchoUpstream();
    gateway = await startGateway({
      upstream: upstream.url,
      timeouts: { requestHeadMs: 60_000, requestBodyMs: 60_000 },
    });
    clients = fork(new URL("./apps/slow-clients.ts", import.meta.url));
  });

  afterAll(async () => {
    clients.kill();
    await gateway.close();
    await upstream.close();
  });

  async function tell(message: ToSlowClients): Promise<void> {
    const done = once(clients, "message");
    clients.send(message);
    await done;
  }

  test("leave the gateway serving honest requests, in bounded memory, and are let go", async () => {
    const before = process.memoryUsage().rss;
    await tell({ do: "open", port: gateway.port, connections });
    await expect
      .poll(() => gateway.count("connectionsOpen"), { timeout: 20_000 })
      .toBe(connections);
    await tell({ do: "drip" });
    for (let round = 0; round < 50; round += 1) {
      const answer = await sendRaw(
        gateway.port,
        "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      );
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    }
    const perConnection = (process.memoryUsage().rss - before) / connections;
    process.stdout.write(
      `slow connections: ${connections}, ${Math.round(perConnection / 1024)} KiB each\n`,
    );

    expect(perConnection).toBeLessThan(50 * 1_024);
    await tell({ do: "close" });
    await expect.poll(() => gateway.count("connectionsOpen"), { timeout: 20_000 }).toBe(0);
    expect(gateway.errors).toEqual([]);
  });
});
