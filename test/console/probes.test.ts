import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createConsole } from "../../src/console/console-server.ts";
import { type RunningConsole, startConsole } from "./running-console.ts";

let running: RunningConsole;
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "merlon-pages-"));
});
afterEach(async () => {
  await running.close();
  rmSync(directory, { recursive: true });
});

describe("health and metrics", () => {
  test("are told without a session and under any host name", async () => {
    running = await startConsole();
    const visitor = running.visitor();
    const headers = { host: "merlon.monitoring.svc:9090" };

    expect((await visitor.call("GET", "/healthz", { headers })).status).toBe(200);
    expect((await visitor.call("GET", "/readyz", { headers })).status).toBe(200);
    running.backend.state.isReady = false;
    expect((await visitor.call("GET", "/readyz", { headers })).status).toBe(503);
    expect((await visitor.call("GET", "/healthz", { headers })).status).toBe(200);
    const metrics = await visitor.call("GET", "/metrics", { headers });
    expect(metrics.headers["content-type"]).toMatch(/^text\/plain; version=0.0.4/);
  });

  test("are Prometheus text of the installation and the process", async () => {
    running = await startConsole();
    const { text } = await running.visitor().call("GET", "/metrics");

    expect(text).toContain("# TYPE merlon_requests_total counter\nmerlon_requests_total 42\n");
    expect(text).toContain("# TYPE merlon_workers gauge\nmerlon_workers 2\n");
    expect(text).toContain(
      'merlon_shed_total{reason="queue"} 1\nmerlon_shed_total{reason="size"} 2\n',
    );
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  });

  test("can be asked again and again", async () => {
    running = await startConsole();
    await running.visitor().call("GET", "/metrics");

    expect((await running.visitor().call("GET", "/metrics")).text).toContain("total 42\n");
  });
});

describe("pages", () => {
  beforeEach(async () => {
    mkdirSync(join(directory, "web/assets"), { recursive: true });
    writeFileSync(join(directory, "web/index.html"), "<!doctype html><title>Merlon</title>");
    writeFileSync(join(directory, "web/assets/index-3f2a.js"), "export const a = 1;\n".repeat(50));
    writeFileSync(join(directory, "web/favicon.svg"), "<svg/>");
    writeFileSync(join(directory, "web/.env"), "SECRET=1");
    writeFileSync(join(directory, "secret.txt"), "secret");
    running = await startConsole({ assetsDirectory: join(directory, "web") });
  });

  const get = (path: string, headers: Record<string, string> = {}) =>
    running.visitor().call("GET", path, { headers });

  test.each([
    "/",
    "/index.html",
    "/endpoints",
    "/decisions/abc",
    "/deep/er/path",
  ])("at %s is the one page, never cached", async (path) => {
    expect(await get(path)).toMatchObject({
      status: 200,
      text: expect.stringContaining("<title>Merlon"),
      headers: { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" },
    });
  });

  test("have assets that browsers keep for ever, compressed where they can", async () => {
    const plain = await get("/assets/index-3f2a.js");
    expect(plain.headers).toMatchObject({
      "content-type": "text/javascript; charset=utf-8",
      "cache-control": "public, max-age=31536000, immutable",
    });
    const packed = await get("/assets/index-3f2a.js", { "accept-encoding": "br, gzip" });
    expect(packed.headers["content-encoding"]).toBe("gzip");
    expect(Number(packed.headers["content-length"])).toBeLessThan(plain.text.length);
    const etag = plain.headers.etag ?? "";
    expect((await get("/assets/index-3f2a.js", { "if-none-match": etag })).status).toBe(304);
  });

  test("have other files that browsers ask about again", async () => {
    expect(await get("/favicon.svg")).toMatchObject({
      status: 200,
      headers: { "content-type": "image/svg+xml", "cache-control": "no-cache" },
    });
  });

  test.each([
    "/../secret.txt",
    "/assets/../../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/assets/..%5c..%5csecret.txt",
    "//etc/passwd.txt",
    "/./../secret.txt",
    "/secret.txt",
    "/.env",
    "/assets/",
    "/assets/other.js",
    "/constructor.js",
  ])("do not lead to %s", async (path) => {
    const reply = await get(path);

    expect(reply.status).toBe(404);
    expect(reply.text).not.toContain("secret");
  });

  test("answer HEAD without a body and refuse other methods", async () => {
    const head = await running.visitor().call("HEAD", "/");
    expect(head).toMatchObject({ status: 200, text: "" });
    expect((await running.visitor().call("POST", "/")).status).toBe(405);
  });
});

test("pages that were not built say so, and the API works all the same", async () => {
  running = await startConsole({ assetsDirectory: join(directory, "nothing") });
  const visitor = await running.signedIn();

  expect(await visitor.call("GET", "/")).toMatchObject({
    status: 503,
    text: expect.stringContaining("npm run prepare"),
  });
  expect((await visitor.call("GET", "/api/overview")).status).toBe(200);
});

test("a port that is taken is an error with a code", async () => {
  running = await startConsole();
  const { backend, storage } = running;
  const { traffic, accounts } = storage;
  const second = createConsole({ backend, traffic, accounts, assetsDirectory: directory });

  await expect(second.listen("127.0.0.1", running.port)).rejects.toMatchObject({
    code: "ERR_LISTEN_FAILED",
    message: expect.stringContaining("EADDRINUSE"),
  });
  await second.close();
});
