import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, type IncomingMessage, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningProcess, startProcess } from "./running-process.ts";

/*
 * APIs that nobody of Merlon wrote answer the same through the gateway as directly: status, headers
 * but the hop-by-hop ones, body, trailers. FOREIGN_REQUESTS says how many requests are compared.
 */
const requestsCount = Number(process.env["FOREIGN_REQUESTS"] ?? 1_000);
const installed = existsSync(join(import.meta.dirname, "foreign-apis/node_modules"));
if (!installed && process.env["CI"] !== undefined) {
  throw new Error("CI must install test/foreign-apis: npm ci --prefix test/foreign-apis");
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  readonly chunked?: boolean;
}

interface Answer {
  readonly status: number | undefined;
  readonly reason: string | undefined;
  readonly headers: readonly string[];
  readonly trailers: readonly string[];
  readonly body: string;
}

const json = { "content-type": "application/json" };

const petCalls: readonly ((at: number) => Call)[] = [
  (at) => ({
    method: "GET",
    path: `/pet/${at}`,
    headers: { api_key: "k", accept: "application/json" },
  }),
  (at) => ({
    method: "GET",
    path: `/pet/${at}`,
    headers: { api_key: "k", accept: "application/xml" },
  }),
  (at) => ({ method: "HEAD", path: `/pet/${at}`, headers: { api_key: "k" } }),
  () => ({ method: "GET", path: "/pet/findByStatus?status=available&status=sold" }),
  (at) => ({ method: "GET", path: `/store/order/${(at % 10) + 1}` }),
  (at) => ({ method: "GET", path: `/user/O'Brien%20${at}` }),
  (at) => ({ method: "GET", path: `/nowhere/${at}?q=%3Cscript%3E` }),
  () => ({
    method: "OPTIONS",
    path: "/pet",
    headers: { origin: "http://a.example", "access-control-request-method": "POST" },
  }),
  (at) => ({
    method: "POST",
    path: "/store/order",
    headers: json,
    body: JSON.stringify({ id: at, petId: at, quantity: 1, status: "placed", complete: false }),
  }),
  (at) => ({
    method: "POST",
    path: "/user",
    headers: json,
    chunked: true,
    body: JSON.stringify({ id: at, username: "u".repeat(at % 5_000), email: "it's@example.com" }),
  }),
  (at) => ({
    method: "POST",
    path: "/user/createWithArray",
    headers: json,
    body: JSON.stringify(
      Array.from({ length: 1 + (at % 400) }, (_, id) => ({ id, username: `user ${id}` })),
    ),
  }),
];

const graphql = (query: string, variables?: object): Call => ({
  method: "POST",
  path: "/graphql",
  headers: json,
  body: JSON.stringify({ query, variables }),
});

const graphqlCalls: readonly ((at: number) => Call)[] = [
  (at) => graphql("query One($id: Int!) { book(id: $id) { id title pages } }", { id: at % 500 }),
  (at) =>
    graphql(`{ books(first: ${at % 500}) { id title related { id title related { title } } } }`),
  () => graphql('{ books(search: "1") { id } }'),
  () => graphql("{ nothing }"),
  () => graphql("{ fail }"),
  (at) =>
    graphql("mutation R($t: String!) { rename(id: 3, title: $t) { title } }", {
      t: `SELECT ${at} – "it's"`,
    }),
  (at) => ({
    method: "GET",
    path: `/graphql?query=${encodeURIComponent(`{ book(id: ${at % 500}) { title } }`)}`,
  }),
  (at) => ({
    ...graphql(`subscription { countdown(from: ${at % 30}) }`),
    headers: { ...json, accept: "text/event-stream" },
  }),
  () => ({
    method: "POST",
    path: "/graphql",
    headers: { "content-type": "text/plain" },
    body: "{}",
  }),
  (at) => ({ ...graphql(`{ a${at}: book(id: 1) { title } }`), chunked: true }),
];

describe.skipIf(!installed).each([
  ["a mock server of a public OpenAPI description", "mock-api.mjs", petCalls],
  ["a GraphQL server", "graphql-api.mjs", graphqlCalls],
] as const)("in front of %s", (_what, script, calls) => {
  let api: RunningProcess;
  let guard: RunningProcess;
  let directory = "";
  let through = "";

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "merlon-foreign-"));
    api = await startProcess([join(import.meta.dirname, "foreign-apis", script)]);
    const args = ["--port", "0", "--console-port", "0", "--data", directory, "--json"];
    guard = await startProcess(["src/cli.ts", "guard", "--upstream", api.firstLine, ...args]);
    through = JSON.parse(guard.firstLine).gateway.origin;
  });

  afterAll(async () => {
    expect(await guard.stop()).toBe(0);
    await api.stop();
    await rm(directory, { recursive: true });
  });

  test(`answers ${requestsCount} mixed requests as it does directly`, async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 16 });
    let next = 0;
    const differences: unknown[] = [];
    const work = async (): Promise<void> => {
      while (next < requestsCount) {
        const at = next++;
        const call = calls[at % calls.length]?.(at);
        if (call === undefined) throw new Error("no call");
        const [direct, proxied] = await Promise.all([
          send(api.firstLine, call, agent),
          send(through, call, agent),
        ]);
        if (JSON.stringify(direct) !== JSON.stringify(proxied)) {
          differences.push({ call, direct, proxied });
        }
      }
    };
    await Promise.all(Array.from({ length: 8 }, work));
    agent.destroy();

    expect(differences.slice(0, 3)).toEqual([]);
  }, 600_000);
});

function send(origin: string, call: Call, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(origin);
    const outgoing = request(
      // One Host for both, as the API may quote it.
      {
        agent,
        hostname,
        port,
        method: call.method,
        path: call.path,
        headers: { host: "api.example", ...call.headers },
      },
      (message) => resolve(readAnswer(message)),
    );
    outgoing.on("error", reject);
    if (call.body === undefined) return outgoing.end();
    if (call.chunked !== true) return outgoing.end(call.body);
    const half = Math.floor(call.body.length / 2);
    outgoing.write(call.body.slice(0, half));
    return outgoing.end(call.body.slice(half));
  });
}

const hopByHop = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "te",
  "trailer",
  "upgrade",
]);

async function readAnswer(message: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const { rawHeaders } = message;
  const headers: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    const lower = name.toLowerCase();
    // The clock may have moved on between the two answers.
    if (!hopByHop.has(lower))
      headers.push(lower === "date" ? name : `${name}: ${rawHeaders[at + 1]}`);
  }
  return {
    status: message.statusCode,
    reason: message.statusMessage,
    headers,
    trailers: message.rawTrailers,
    body: Buffer.concat(chunks).toString("base64"),
  };
}
