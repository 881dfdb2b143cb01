import { afterEach, describe, expect, test } from "vitest";
import { ensureAdministrator } from "../../src/console/ensure-administrator.ts";
import {
  oneTimePassword,
  ownPassword,
  type RunningConsole,
  startConsole,
} from "./running-console.ts";

let running: RunningConsole;
afterEach(() => running.close());

const minuteMs = 60_000;

describe("the one-time password", () => {
  test("opens a session in which nothing works but setting a password", async () => {
    running = await startConsole();
    const visitor = running.visitor();
    const reply = await visitor.signIn("admin", oneTimePassword);

    expect(reply).toMatchObject({ status: 200, json: { name: "admin", mustSetPassword: true } });
    expect((await visitor.call("GET", "/api/session")).status).toBe(200);
    for (const path of ["/api/overview", "/api/endpoints", "/api/decisions", "/api/live"]) {
      expect(await visitor.call("GET", path), path).toMatchObject({ status: 403 });
    }
    const mode = await visitor.call("PUT", "/api/policy/mode", { json: { mode: "off" } });
    expect(mode.status).toBe(403);
    expect(running.backend.state.mode).toBe("observe");
  });

  test("is replaced by a password, which ends every other session", async () => {
    running = await startConsole();
    const other = running.visitor();
    await other.signIn("admin", oneTimePassword);
    const visitor = running.visitor();
    await visitor.signIn("admin", oneTimePassword);
    const before = visitor.cookie;

    const json = { current: oneTimePassword, next: ownPassword };
    const reply = await visitor.call("PUT", "/api/password", { json });
    visitor.keep(reply);

    expect(reply).toMatchObject({ status: 200, json: { mustSetPassword: false } });
    expect(visitor.cookie).not.toBe(before);
    expect((await visitor.call("GET", "/api/overview")).status).toBe(200);
    expect((await other.call("GET", "/api/session")).status).toBe(401);
    const again = await running.visitor().signIn("admin", oneTimePassword);
    expect(again.status).toBe(401);
  });

  test.each([
    ["is short", "short", 400],
    ["is very long", "x".repeat(257), 400],
    ["is the one-time password itself", undefined, 400],
  ])("is not replaced by one that %s", async (_what, next, status) => {
    running = await startConsole();
    const visitor = running.visitor();
    await visitor.signIn("admin", oneTimePassword);
    const json = { current: oneTimePassword, next: next ?? oneTimePassword };

    expect((await visitor.call("PUT", "/api/password", { json })).status).toBe(status);
  });

  test("is not replaced without knowing it", async () => {
    running = await startConsole();
    const visitor = running.visitor();
    await visitor.signIn("admin", oneTimePassword);
    const json = { current: "something else", next: ownPassword };

    expect((await visitor.call("PUT", "/api/password", { json })).status).toBe(403);
  });

  test("comes from the first start, signs in, and is made anew until it was replaced", async () => {
    running = await startConsole();
    const { accounts } = running.storage;
    const first = await ensureAdministrator(accounts);
    const second = await ensureAdministrator(accounts);
    expect(first?.oneTimePassword).toMatch(/^([a-z2-9]{5}-){3}[a-z2-9]{5}$/);
    expect(second?.oneTimePassword).not.toBe(first?.oneTimePassword);
    const reply = await running.visitor().signIn("admin", second?.oneTimePassword ?? "");
    expect(reply.status).toBe(200);

    await accounts.saveAccount({ name: "admin", passwordHash: "h", oneTime: false });
    expect(await ensureAdministrator(accounts)).toBeUndefined();
  });
});

describe("a session", () => {
  test("has a cookie that scripts, other sites and other paths do not get", async () => {
    running = await startConsole();
    const reply = await running.visitor().signIn("admin", oneTimePassword);

    expect(reply.headers["set-cookie"]).toEqual([
      expect.stringMatching(/^merlon-session-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    expect(JSON.stringify(reply.json)).not.toContain(
      reply.headers["set-cookie"]?.[0]?.split("=")[1],
    );
  });

  test("is bound to TLS by its cookie's name where the browser uses TLS", async () => {
    running = await startConsole({ origins: ["https://merlon.example"] });
    const reply = await running.visitor().call("POST", "/api/session", {
      json: { name: "admin", password: oneTimePassword },
      headers: { host: "merlon.example", origin: "https://merlon.example" },
    });

    expect(reply.headers["set-cookie"]).toEqual([
      expect.stringMatching(
        /^__Host-merlon-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure$/,
      ),
    ]);
  });

  test("gets a new id at sign-in, and the one the browser came with ends", async () => {
    running = await startConsole();
    const visitor = await running.signedIn();
    const planted = visitor.cookie ?? "";
    const victim = running.visitor();
    victim.cookie = planted;
    await victim.signIn("admin", ownPassword);

    expect(victim.cookie).not.toBe(planted);
    const thief = running.visitor();
    thief.cookie = planted;
    expect((await thief.call("GET", "/api/session")).status).toBe(401);
  });

  test("is never taken from an id that the browser made up", async () => {
    running = await startConsole();
    const visitor = running.visitor();
    visitor.cookie = `merlon-session-${running.port}=${"a".repeat(43)}`;
    await visitor.signIn("admin", oneTimePassword);

    expect(visitor.cookie).not.toContain("aaaa");
  });

  test("ends when the person signs out", async () => {
    running = await startConsole();
    const visitor = await running.signedIn();
    const reply = await visitor.call("DELETE", "/api/session");

    expect(reply.status).toBe(204);
    expect(reply.headers["set-cookie"]?.[0]).toMatch(/Max-Age=0/);
    expect((await visitor.call("GET", "/api/session")).status).toBe(401);
  });

  test("ends when it is not used, and lives on while it is", async () => {
    let nowMs = 1_000_000;
    const sessionLimits = { idleMs: 30 * minuteMs, absoluteMs: 100 * minuteMs };
    running = await startConsole({ sessionLimits, now: () => nowMs });
    const visitor = await running.signedIn();
    const statusAfter = async (minutes: number): Promise<number> => {
      nowMs += minutes * minuteMs;
      return (await visitor.call("GET", "/api/session")).status;
    };

    expect(await statusAfter(29)).toBe(200);
    expect(await statusAfter(29)).toBe(200);
    expect(await statusAfter(30)).toBe(401);
  });

  test("ends after its longest time however much it is used", async () => {
    let nowMs = 1_000_000;
    const sessionLimits = { idleMs: 30 * minuteMs, absoluteMs: 60 * minuteMs };
    running = await startConsole({ sessionLimits, now: () => nowMs });
    const visitor = await running.signedIn();
    for (const minutes of [20, 20, 19]) {
      nowMs += minutes * minuteMs;
      expect((await visitor.call("GET", "/api/session")).status).toBe(200);
    }
    nowMs += minuteMs;
    expect((await visitor.call("GET", "/api/session")).status).toBe(401);
  });

  test("is stored as a hash only", async () => {
    running = await startConsole();
    const visitor = await running.signedIn();
    const id = visitor.cookie?.split("=")[1] ?? "";

    expect(await running.storage.accounts.findSession(id)).toBeUndefined();
  });
});

describe("guessing passwords", () => {
  test("is answered with 429 and a time to come back, also when the guess is right", async () => {
    let nowMs = 0;
    running = await startConsole({ now: () => nowMs });
    const guess = () => running.visitor().signIn("admin", "wrong");
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 12; attempt += 1) statuses.push((await guess()).status);

    expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
    const right = await running.visitor().signIn("admin", oneTimePassword);
    expect(right).toMatchObject({ status: 429, headers: { "retry-after": "900" } });
    expect(running.logged.map(({ event }) => event)).toContain("sign-in-limited");

    nowMs += 15 * minuteMs;
    expect((await running.visitor().signIn("admin", oneTimePassword)).status).toBe(200);
  });

  test("cannot be hurried by sending many guesses at once", async () => {
    running = await startConsole();
    const guesses = Array.from({ length: 30 }, () => running.visitor().signIn("admin", "wrong"));
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);

    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(10);
    expect(statuses.filter((status) => status === 429).length).toBeGreaterThanOrEqual(20);
  });

  test("tells an unknown name and a wrong password apart by nothing", async () => {
    running = await startConsole();
    const unknown = await running.visitor().signIn("nobody", "wrong");
    const wrong = await running.visitor().signIn("admin", "wrong");

    expect(unknown.text).toBe(wrong.text);
    expect(unknown.status).toBe(wrong.status);
  });

  test("is limited for a stolen session that tries to change the password", async () => {
    running = await startConsole();
    const visitor = await running.signedIn();
    const guess = () =>
      visitor.call("PUT", "/api/password", { json: { current: "wrong", next: "x".repeat(20) } });
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 11; attempt += 1) statuses.push((await guess()).status);

    expect(statuses).toEqual([...Array(10).fill(403), 429]);
  });
});
