import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { MerlonError } from "../../src/model/merlon-error.ts";
import { type RunningConsole, startConsole } from "./running-console.ts";

let running: RunningConsole;
afterEach(() => running.close());

const enforce = { json: { mode: "enforce" } };

describe("a request that changes something", () => {
  test("is done with the session's CSRF token from the console's own page", async () => {
    running = await startConsole();
    const visitor = await running.signedIn();

    expect((await visitor.call("PUT", "/api/policy/mode", enforce)).status).toBe(200);
    expect(running.backend.state.mode).toBe("enforce");
  });

  test.each([
    ["without a token", { "x-csrf-token": "" }],
    ["with a wrong token of the right length", { "x-csrf-token": "a".repeat(43) }],
    ["with a wrong token of another length", { "x-csrf-token": "a" }],
    ["from another site", { origin: "https://evil.example" }],
    ["from the same host's other port", { origin: "http://127.0.0.1:1" }],
    ["from a page without an origin", { origin: "null" }],
    ["that the browser calls cross-site", { "sec-fetch-site": "cross-site" }],
    ["that the browser calls same-site", { "sec-fetch-site": "same-site" }],
  ])("is refused %s", async (_what, headers) => {
    running = await startConsole();
    const visitor = await running.signedIn();
    const reply = await visitor.call("PUT", "/api/policy/mode", { ...enforce, headers });

    expect(reply.status).toBe(403);
    expect(running.backend.state.mode).toBe("observe");
  });

  test("is refused with the token of another session", async () => {
    running = await startConsole();
    const visitor = await running.signedIn();
    const other = await running.signedIn();
    visitor.csrfToken = other.csrfToken;

    expect((await visitor.call("PUT", "/api/policy/mode", enforce)).status).toBe(403);
  });

  test("is refused without a session, and so is every read", async () => {
    running = await startConsole();
    const visitor = running.visitor();

    expect((await visitor.call("PUT", "/api/policy/mode", enforce)).status).toBe(401);
    for (const path of [
      "/api/session",
      "/api/overview",
      "/api/live",
      "/api/endpoints",
      "/api/endpoints/x",
      "/api/decisions",
      "/api/decisions/x",
      "/api/exchanges/x",
      "/api/incidents",
      "/api/incidents/x",
      "/api/policy",
      "/api/specification",
    ]) {
      expect((await visitor.call("GET", path)).status, path).toBe(401);
    }
  });

  test("cannot be a sign-in from another site either", async () => {
    running = await startConsole();
    const reply = await running.visitor().call("POST", "/api/session", {
      json: { name: "admin", password: "x" },
      headers: { origin: "https://evil.example" },
    });

    expect(reply.status).toBe(403);
  });
});

describe("the host name", () => {
  test.each([
    "localhost",
    "localhost:4000",
    "127.0.0.1",
    "127.8.9.10:80",
    "[::1]:9090",
    "merlon.example",
    "MERLON.example",
  ])("%s is answered", async (host) => {
    running = await startConsole({ origins: ["https://merlon.example"] });
    const reply = await running.visitor().call("GET", "/api/session", { headers: { host } });

    expect(reply.status).toBe(401);
  });

  test.each([
    "evil.example",
    "localhost.evil.example",
    "127.0.0.1.evil.example",
    "merlon.example:8443",
    "10.0.0.1",
    "0.0.0.0",
    "[::ffff:10.0.0.1]",
  ])("%s is refused: it may be a page's own name pointed at this machine", async (host) => {
    running = await startConsole({ origins: ["https://merlon.example"] });
    for (const path of ["/", "/api/session", "/assets/x.js"]) {
      const reply = await running.visitor().call("GET", path, { headers: { host } });
      expect(reply.status, path).toBe(421);
      expect(reply.text).not.toContain("merlon.example");
    }
  });

  test.each(["a b", "a/b", "a@b", "[::1"])("%j is malformed", async (host) => {
    running = await startConsole();
    const reply = await running.visitor().call("GET", "/", { headers: { host } });

    expect(reply.status).toBe(400);
  });
});

describe("every answer", () => {
  test.each([
    ["a page", "/"],
    ["an API answer", "/api/overview"],
    ["a refusal", "/api/nothing"],
    ["metrics", "/metrics"],
  ])("that is %s keeps browsers from running, framing or leaking anything", async (_what, path) => {
    running = await startConsole();
    const { headers } = await (await running.signedIn()).call("GET", path);

    const policy = headers["content-security-policy"];
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(policy).toMatch(/frame-ancestors 'none'/);
    expect(policy).toMatch(/require-trusted-types-for 'script'/);
    expect(policy).not.toMatch(/unsafe|\*|http/);
    expect(headers).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
  });

  test("of the API is kept in no cache", async () => {
    running = await startConsole();
    const reply = await (await running.signedIn()).call("GET", "/api/policy");

    expect(reply.headers["cache-control"]).toBe("no-store");
  });

  test("that is an error is a problem document without inner details", async () => {
    running = await startConsole();
    const visitor = await running.signedIn();
    running.backend.state.failure = new Error("secret detail at /home/user/file.ts:1");
    const reply = await visitor.call("PUT", "/api/policy/mode", enforce);

    expect(reply.status).toBe(500);
    expect(reply.headers["content-type"]).toBe("application/problem+json");
    expect(reply.text).not.toMatch(/secret|home|\.ts/);
    const entry = running.logged.find(({ event }) => event === "request-failed");
    expect(entry?.error).toBe(running.backend.state.failure);
    expect(reply.text).toContain(entry?.details["id"]);
  });

  test("tells when the store has failed, and works again when it is back", async () => {
    running = await startConsole();
    const visitor = await running.signedIn();
    running.backend.state.failure = new MerlonError("ERR_STORAGE_FAILED", "disk full at /data");
    const failed = await visitor.call("PUT", "/api/policy/mode", enforce);
    expect(failed.status).toBe(503);
    expect(failed.text).not.toContain("/data");

    running.backend.state.failure = undefined;
    expect((await visitor.call("PUT", "/api/policy/mode", enforce)).status).toBe(200);
  });
});

describe("a body", () => {
  test.each([
    ["is no JSON", { body: "{", headers: { "content-type": "application/json" } }, 400],
    [
      "is no UTF-8",
      { body: '"\u00ff"', headers: { "content-type": "application/json;charset=x" } },
      400,
    ],
    ["is a form's", { body: "mode=off", headers: { "content-type": "text/plain" } }, 415],
    ["has no type", { body: '{"mode":"off"}' }, 415],
    ["has unknown keys", { json: { mode: "off", extra: 1 } }, 400],
    ["has a wrong value", { json: { mode: "maybe" } }, 400],
    ["names no protection of ours", { json: { mode: "off", protection: "nothing" } }, 400],
    ["names an endpoint wrongly", { json: { mode: "off", endpoint: "/products" } }, 400],
    ["is no object", { json: [] }, 400],
    [
      "reaches for the prototype",
      { body: '{"__proto__":{"mode":"off"}}', headers: { "content-type": "application/json" } },
      400,
    ],
    ["is too long", { json: { mode: "off", endpoint: "x".repeat(70_000) } }, 413],
  ])("that %s is refused", async (_what, options, status) => {
    running = await startConsole();
    const visitor = await running.signedIn();
    const reply = await visitor.call("PUT", "/api/policy/mode", options);

    expect(reply).toMatchObject({ status, json: { status, title: expect.any(String) } });
    expect(running.backend.state.mode).toBe("observe");
  });

  test("that grows over the limit without a declared length is cut off", async () => {
    running = await startConsole();
    const visitor = await running.signedIn();
    const chunk = "x".repeat(16_000);
    const head = [
      "PUT /api/policy/mode HTTP/1.1",
      `host: 127.0.0.1:${running.port}`,
      `cookie: ${visitor.cookie}`,
      `x-csrf-token: ${visitor.csrfToken}`,
      "content-type: application/json",
      "transfer-encoding: chunked",
    ].join("\r\n");
    const chunks = `${chunk.length.toString(16)}\r\n${chunk}\r\n`.repeat(6);

    expect(await rawExchange(running.port, `${head}\r\n\r\n${chunks}`)).toMatch(/^HTTP\/1\.1 413 /);
  });
});

describe("resources", () => {
  test("that do not exist are 404, and wrong methods are 405 with the right ones", async () => {
    running = await startConsole();
    const visitor = await running.signedIn();

    expect((await visitor.call("GET", "/api/nothing")).status).toBe(404);
    expect((await visitor.call("GET", "/api")).status).toBe(404);
    expect((await visitor.call("GET", "/api/endpoints/%")).status).toBe(404);
    expect(await visitor.call("PATCH", "/api/policy")).toMatchObject({
      status: 405,
      headers: { allow: "GET" },
    });
    expect((await visitor.call("POST", "/metrics")).status).toBe(405);
  });

  test("are not reached through an absolute or malformed target", async () => {
    running = await startConsole();

    expect(
      await rawExchange(
        running.port,
        "GET http://evil.example/ HTTP/1.1\r\nhost: localhost\r\n\r\n",
      ),
    ).toMatch(/^HTTP\/1\.1 400 /);
    expect(await rawExchange(running.port, "GET * HTTP/1.1\r\nhost: localhost\r\n\r\n")).toMatch(
      /^HTTP\/1\.1 400 /,
    );
  });
});

/** What the console answers to these bytes, up to the end of the first head. */
function rawExchange(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    let text = "";
    socket.on("error", reject);
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (!text.includes("\r\n\r\n")) return;
      socket.destroy();
      resolve(text);
    });
  });
}
