import { execFileSync } from "node:child_process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type EchoUpstream, startEchoUpstream } from "./apps/echo-upstream.ts";
import { RawClient, sendRaw } from "./apps/raw-client.ts";
import { type RunningGateway, startGateway } from "./apps/start-gateway.ts";

const WANTED = 10_000;

/** Both ends of each connection are files of this process; some are needed for everything else. */
const files =
  Number(execFileSync("sh", ["-c", "ulimit -n"], { encoding: "utf8" }).trim()) || WANTED;
const connections = Math.min(WANTED, Math.floor((files - 500) / 2));
const scaled = connections < WANTED ? ` (${WANTED} wanted, ulimit -n is ${files})` : "";

describe(`${connections} slow connections${scaled}`, () => {
  let upstream: EchoUpstream;
  let gateway: RunningGateway;
  const slow: RawClient[] = [];

  beforeAll(async () => {
    upstream = await startEchoUpstream();
    gateway = await startGateway({
      upstream: upstream.url,
      timeouts: { requestHeadMs: 60_000, requestBodyMs: 60_000 },
    });
  });

  afterAll(async () => {
    for (const client of slow) client.close();
    await gateway.close();
    await upstream.close();
  });

  test("leave the gateway serving honest requests, in bounded memory, and are let go", async () => {
    const before = process.memoryUsage().rss;
    for (let index = 0; index < connections; index += 1) {
      const client = await RawClient.connect(gateway.port);
      client.send(index % 2 === 0 ? "GET / HTTP/1.1\r\nHost: a\r\nX-" : "POST /x HTTP/1.1\r\n");
      slow.push(client);
    }
    await expect
      .poll(() => gateway.count("connectionsOpen"), { timeout: 20_000 })
      .toBe(connections);
    for (const client of slow) client.send("y");
    for (let round = 0; round < 50; round += 1) {
      const answer = await sendRaw(
        gateway.port,
        "GET /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      );
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    }
    const perConnection = (process.memoryUsage().rss - before) / connections;
    process.stdout.write(
      `slow connections: ${connections}, ${Math.round(perConnection / 1024)} KiB each, both ends\n`,
    );

    // Half of it is the client's end, which lives in this process too.
    expect(perConnection).toBeLessThan(100 * 1_024);
    for (const client of slow) client.close();
    await expect.poll(() => gateway.count("connectionsOpen"), { timeout: 20_000 }).toBe(0);
    expect(gateway.errors).toEqual([]);
  });
});
