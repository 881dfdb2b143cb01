import { createHmac } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { InventoryEvent } from "../model/inventory-event.ts";
import { createWebhookNotifier, type WebhookOptions } from "./webhook-notifier.ts";

interface Received {
  readonly body: string;
  readonly signature: string | undefined;
}

let server: Server;
let received: Received[];
let answers: number[];
let url: string;

beforeEach(async () => {
  received = [];
  answers = [];
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const signature = request.headers["merlon-signature"];
      const body = Buffer.concat(chunks).toString();
      received.push({ body, signature: typeof signature === "string" ? signature : undefined });
      const status = answers.shift() ?? 204;
      response.writeHead(status, status === 302 ? { location: "/elsewhere" } : {}).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterEach(
  () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
);

function event(id: string, kind: InventoryEvent["kind"] = "new"): InventoryEvent {
  return {
    id,
    timeMs: 1,
    kind,
    endpointId: "e",
    endpoint: "GET a/b",
    summary: "A new endpoint.",
    isInitial: false,
  };
}

function notifier(options: Partial<WebhookOptions> = {}): {
  readonly made: ReturnType<typeof createWebhookNotifier>;
  readonly problems: unknown[];
} {
  const problems: unknown[] = [];
  const onProblem = (problem: unknown): void => void problems.push(problem);
  const made = createWebhookNotifier({
    url,
    now: () => 1_767_571_200_000,
    onProblem,
    waitsMs: [1, 1],
    ...options,
  });
  return { made, problems };
}

test("posts events, signed over time and body", async () => {
  const { made, problems } = notifier({ secret: "key" });
  made.notify([event("a"), event("b")]);
  await made.settled();

  const body = JSON.stringify({ events: [event("a"), event("b")] });
  const digest = createHmac("sha256", "key").update(`1767571200.${body}`).digest("hex");
  expect(received).toEqual([{ body, signature: `t=1767571200,v1=${digest}` }]);
  expect(made.counts()).toEqual({ sent: 2, dropped: 0, waiting: 0 });
  expect(problems).toEqual([]);
});

test("sends only the kinds that are wanted, and nothing when none is", async () => {
  const { made } = notifier({ kinds: ["woken"] });
  made.notify([event("a"), event("b", "woken")]);
  made.notify([event("c")]);
  await made.settled();

  expect(received.map(({ body }) => body)).toEqual([
    JSON.stringify({ events: [event("b", "woken")] }),
  ]);
});

test("tries again, and gives up a batch that is never taken", async () => {
  answers = [500, 500, 204, 500, 500, 500];
  const { made, problems } = notifier();
  made.notify([event("a")]);
  await made.settled();
  made.notify([event("b")]);
  await made.settled();

  expect(made.counts()).toEqual({ sent: 1, dropped: 1, waiting: 0 });
  expect(problems).toHaveLength(1);
});

test("does not follow a receiver that sends it elsewhere", async () => {
  answers = [302, 302, 302];
  const { made } = notifier();
  made.notify([event("a")]);
  await made.settled();

  expect(received).toHaveLength(3);
  expect(made.counts().dropped).toBe(1);
});

test("drops and counts what does not fit its queue, and never waits", async () => {
  const { made, problems } = notifier();
  made.notify(Array.from({ length: 5_000 }, (_, at) => event(`e${at}`)));
  const { dropped } = made.counts();
  await made.settled();

  expect(dropped).toBe(4_000);
  expect(made.counts()).toEqual({ sent: 1_000, dropped: 4_000, waiting: 0 });
  expect(problems).toHaveLength(1);
});
