import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { sampleDecision } from "../../src/storage/recorded-samples.ts";
import { type RunningConsole, startConsole, type Visitor } from "./running-console.ts";
import { sampleEndpoint } from "./sample-endpoint.ts";

let running: RunningConsole;
afterEach(() => running.close());

interface LiveEvent {
  readonly event: string;
  readonly data: unknown;
}

test("sends the overview at once and every second, and decisions as they are made", async () => {
  running = await startConsole({ endpoints: [sampleEndpoint({ id: "e1" })] });
  const events = await openStream(await running.signedIn());
  const first = await events.next();
  expect(first.value).toMatchObject({ event: "overview", data: { requestsPerSecond: 38 } });

  const path = "/<script>alert(1)</script>\n\nevent: overview\ndata: {}";
  const decision = sampleDecision({ id: "d1", timeMs: 1, path, endpoint: "e1" });
  for (const listener of running.backend.listeners) listener(decision);
  const second = await events.next();
  expect(second.value).toEqual({
    event: "decision",
    data: { ...decision, endpoint: { id: "e1", key: "GET shop.example/products/{productId}" } },
  });

  const third = await events.next();
  expect(third.value).toMatchObject({ event: "overview" });
});

test("passes on only so many decisions a second", async () => {
  running = await startConsole();
  const events = await openStream(await running.signedIn());
  await events.next();
  for (let number = 0; number < 500; number += 1) {
    const decision = sampleDecision({ id: `d${number}`, timeMs: number });
    for (const listener of running.backend.listeners) listener(decision);
  }
  let decisions = 0;
  for await (const { event } of events) {
    if (event === "overview") break;
    decisions += 1;
  }

  expect(decisions).toBe(20);
});

test("asks the installation once a second however many pages are open", async () => {
  running = await startConsole();
  const visitor = await running.signedIn();
  const streams = await Promise.all(Array.from({ length: 5 }, () => openStream(visitor)));
  for (const stream of streams) await stream.next();

  expect(running.backend.state.overviews).toBeLessThanOrEqual(2);
});

test("takes 32 pages, refuses the next, and takes one again when one was closed", async () => {
  running = await startConsole();
  const visitor = await running.signedIn();
  const responses = await Promise.all(Array.from({ length: 32 }, () => openResponse(visitor)));
  const refused = await openResponse(visitor);
  expect(refused.statusCode).toBe(503);

  responses[0]?.destroy();
  await expect
    .poll(async () => (await openResponse(visitor)).statusCode, { timeout: 20_000 })
    .toBe(200);
});

test("ends with the session, and listens to nothing when nobody looks", async () => {
  running = await startConsole();
  const visitor = await running.signedIn();
  const response = await openResponse(visitor);
  response.resume();
  expect(running.backend.listeners.size).toBe(1);
  response.on("error", () => undefined);
  const closed = new Promise((resolve) => response.on("close", resolve));
  await visitor.call("DELETE", "/api/session");
  await closed;

  await expect.poll(() => running.backend.listeners.size).toBe(0);
});

test("survives a failing overview", async () => {
  running = await startConsole();
  const visitor = await running.signedIn();
  running.backend.state.failure = new Error("not now");
  const events = await openStream(visitor);
  await expect.poll(() => running.logged.some(({ event }) => event === "live-failed")).toBe(true);
  running.backend.state.failure = undefined;

  expect((await events.next()).value).toMatchObject({ event: "overview" });
});

test("keeps nothing for a reader that does not read", async () => {
  running = await startConsole();
  const visitor = await running.signedIn();
  const socket = connect(running.port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(`GET /api/live HTTP/1.1\r\nhost: 127.0.0.1\r\ncookie: ${visitor.cookie}\r\n\r\n`);
  await expect.poll(() => running.backend.listeners.size).toBe(1);
  socket.pause();

  const before = process.memoryUsage().rss;
  const path = `/${"x".repeat(1_000_000)}`;
  for (let second = 0; second < 4; second += 1) {
    for (let number = 0; number < 100; number += 1) {
      const decision = sampleDecision({ id: `d${number}`, timeMs: number, path });
      for (const listener of running.backend.listeners) listener(decision);
    }
    const { overviews } = running.backend.state;
    await expect
      .poll(() => running.backend.state.overviews, { timeout: 20_000 })
      .toBeGreaterThan(overviews);
  }

  // 80 decisions of 1 MB were offered; only what the socket took is held.
  expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  socket.destroy();
});

async function openResponse(visitor: Visitor): Promise<IncomingMessage> {
  const outgoing = request({
    host: "127.0.0.1",
    port: running.port,
    path: "/api/live",
    headers: { cookie: visitor.cookie ?? "" },
    agent: false,
  });
  outgoing.end();
  const [response] = (await once(outgoing, "response")) as [IncomingMessage];
  return response;
}

async function openStream(visitor: Visitor): Promise<AsyncGenerator<LiveEvent>> {
  const response = await openResponse(visitor);
  expect(response.headers["content-type"]).toBe("text/event-stream");
  return eventsOf(response);
}

async function* eventsOf(response: IncomingMessage): AsyncGenerator<LiveEvent> {
  let text = "";
  for await (const chunk of response) {
    text += String(chunk);
    for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
      const [event = "", data = ""] = text.slice(0, end).split("\n");
      text = text.slice(end + 2);
      yield { event: event.slice("event: ".length), data: JSON.parse(data.slice("data: ".length)) };
    }
  }
}
