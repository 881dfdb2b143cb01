import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Mode } from "../../src/model/decision.ts";
import { issueApiKey } from "../../src/protection/protections/authentication/issue-api-key.ts";
import { type GuardedGateway, startGuardedGateway } from "../apps/start-guarded-gateway.ts";

let upstream: Server;
let seen: IncomingHttpHeaders = {};
let gateway: GuardedGateway | undefined;

beforeAll(async () => {
  upstream = createServer((request, response) => {
    seen = request.headers;
    response.end("served");
  });
  await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", () => resolve()));
});
afterEach(() => gateway?.close());
afterAll(() => {
  upstream.closeAllConnections();
  upstream.close();
});

const { key, record } = issueApiKey(
  { name: "Åcme", scopes: ["orders:read"], roles: [] },
  Date.now(),
);

async function upstreamSees(headers: Record<string, string>, mode: Mode): Promise<unknown> {
  gateway = await startGuardedGateway(
    { upstream: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}` },
    {
      mode,
      protections: {
        authentication: {
          forwardIdentity: "x-merlon-identity",
          apiKeys: { keys: [record] },
          rules: [{ endpoints: ["GET */health"], require: [] }],
        },
      },
    },
  );
  seen = {};
  await (await fetch(`${gateway.origin}/health`, { headers })).arrayBuffer();
  const open = seen["x-merlon-identity"] ?? seen["x_merlon_identity"];
  seen = {};
  await (await fetch(`${gateway.origin}/orders`, { headers })).arrayBuffer();
  return [open, seen["x-merlon-identity"], seen["x_merlon_identity"]];
}

const forged = { "X-Merlon-Identity": '{"id":"admin"}', X_Merlon_Identity: '{"id":"admin"}' };

test("the upstream is told the verified caller in place of what the client says", async () => {
  const [open, told, other] = (await upstreamSees(
    { ...forged, "x-api-key": key },
    "enforce",
  )) as string[];

  expect(JSON.parse(told ?? "")).toEqual({
    kind: "api-key",
    id: "Åcme",
    scopes: ["orders:read"],
    roles: [],
  });
  expect([open, other]).toEqual([undefined, undefined]);
});

test("what a client says of itself does not pass in observe mode either", async () => {
  expect(await upstreamSees(forged, "observe")).toEqual([undefined, undefined, undefined]);
});
