import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  buildPages,
  launchBrowser,
  noBrowser,
  openPage,
  seriousViolations,
  visit,
  type WatchedPage,
} from "./running-browser.ts";
import {
  oneTimePassword,
  ownPassword,
  type RunningConsole,
  startConsole,
} from "./running-console.ts";
import { sampleEndpoint } from "./sample-endpoint.ts";
import { shopEndpoints, shopTraffic } from "./sample-shop.ts";

const key = "GET shop.example/api/v1/products/{product_id}";

test("no page turns text into markup", () => {
  for (const file of globSync("web/**/*.{ts,tsx,html}")) {
    expect(readFileSync(file, "utf8"), file).not.toMatch(
      /dangerouslySetInnerHTML|innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/,
    );
  }
});

if (noBrowser !== undefined) {
  test.skip(`pages in a browser: ${noBrowser}`, () => undefined);
} else {
  describe("pages in a browser", () => testPages());
}

function testPages(): void {
  let directory: string;
  let browser: Browser;
  let running: RunningConsole;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "merlon-pages-"));
    await buildPages(directory);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    const nowMs = Date.now();
    running = await startConsole({
      endpoints: shopEndpoints(nowMs),
      assetsDirectory: join(directory, "web"),
    });
    await running.storage.traffic.record(shopTraffic(nowMs));
    watched = await openPage(browser, `http://127.0.0.1:${running.port}`);
    page = watched.page;
  });
  afterEach(async () => {
    await watched.close();
    await running.close();
    expect(watched.complaints).toEqual([]);
  });

  /** Gives the browser a session without going through the form. */
  async function signIn(at: Page = page): Promise<void> {
    const { cookie = "" } = await running.signedIn();
    const [name = "", value = ""] = cookie.split("=");
    const url = `http://127.0.0.1:${running.port}`;
    await at.context().addCookies([{ name, value, url }]);
  }

  test("ask for the one-time password, then for a password of one's own", async () => {
    await page.goto("/endpoints");
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("alert").getByText("Name or password is wrong.").waitFor();
    await page.getByLabel("Password").fill(oneTimePassword);
    await page.getByRole("button", { name: "Sign in" }).click();

    await page.getByLabel("One-time password").fill(oneTimePassword);
    await page.getByLabel("New password", { exact: true }).fill(ownPassword);
    await page.getByLabel("New password again").fill(ownPassword);
    expect(await seriousViolations(page)).toEqual([]);
    await page.getByRole("button", { name: "Set password" }).click();

    await page.getByRole("heading", { name: "Endpoints", exact: true }).waitFor();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("heading", { name: "Sign in to Merlon" }).waitFor();
  });

  test("say plainly that nothing is blocked, and what is", async () => {
    await signIn();
    await page.goto("/");
    await page.getByText("Observing: nothing is blocked.").waitFor();
    await page.getByRole("img", { name: /^Requests a second over the last/ }).waitFor();

    // Nobody reloads: the live stream brings it.
    running.backend.state.mode = "enforce";
    await page.getByText("Enforcing.").waitFor();
  });

  test("show, sort and narrow the inventory", async () => {
    await signIn();
    await page.goto("/endpoints");
    const rows = page.locator("tbody tr");
    await rows.first().getByText("88 critical").waitFor();
    expect(await rows.count()).toBe(8);

    await page.getByRole("button", { name: "Calls" }).click();
    await rows.first().getByText("91,220").waitFor();
    expect(page.url()).toContain("sort=-calls");
    await page.getByLabel("Lifecycle").selectOption("zombie");
    await page.getByText("1 endpoint").waitFor();
    await page.getByRole("link", { name: "/api/v1/products/{product_id}" }).click();

    await page.getByText("118 of 118 calls without credentials").waitFor();
    await page.getByText("none: it answers anyone").waitFor();
    await page.goBack();
    await page.getByText("1 endpoint").waitFor();
  });

  test("make the rows of a large inventory as somebody scrolls to them", async () => {
    await running.close();
    const endpoints = Array.from({ length: 1_000 }, (_, index) =>
      sampleEndpoint({ id: `e${index}`, path: `/numbered/${String(index).padStart(4, "0")}` }),
    );
    running = await startConsole({ endpoints, assetsDirectory: join(directory, "web") });
    const large = await openPage(browser, `http://127.0.0.1:${running.port}`);
    await signIn(large.page);
    await visit(large.page, "/endpoints?sort=path");
    const rows = large.page.locator("tbody tr");
    expect(await rows.count()).toBeLessThanOrEqual(200);

    const last = large.page.getByText("/numbered/0999");
    await expect
      .poll(
        async () => {
          await large.page.keyboard.press("End");
          return last.isVisible();
        },
        { timeout: 30_000 },
      )
      .toBe(true);
    expect(await rows.count()).toBe(1_000);
    expect(large.complaints).toEqual([]);
    await large.close();
  });

  test("explain a decision and save the smallest exception for it", async () => {
    await signIn();
    await page.goto("/decisions?client=203.0.113.77");
    await page.getByRole("link", { name: /UNION/ }).click();
    await page.getByText("Enforced, it would have been refused with status 403.").waitFor();
    expect(await page.locator("mark").textContent()).toBe(
      "' UNION SELECT name, password FROM users--",
    );
    expect(await page.getByText("Percent decoded").count()).toBe(2);

    await page.getByRole("button", { name: "Allow this" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("path:3").waitFor();
    await dialog.getByLabel(/^Why/).fill("A report of our own");
    await dialog.getByRole("button", { name: "Save exception" }).click();
    await page.getByText("Saved and in force.").waitFor();

    expect(running.backend.state.exceptions.at(-1)).toMatchObject({
      detector: "sql-injection",
      endpoint: key,
      field: "path:3",
      reason: "A report of our own",
    });
    await page.getByRole("link", { name: "Policy" }).last().click();
    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(running.backend.state.exceptions.map(({ id }) => id)).toEqual(["from-file"]);
  });

  test("switch modes only after asking", async () => {
    await signIn();
    await page.goto("/policy");
    const everything = page.getByRole("group", { name: "Mode of everything" });
    await everything.getByRole("button", { name: "enforce" }).click();
    await page.getByRole("button", { name: "Cancel" }).click();
    expect(running.backend.state.mode).toBe("observe");
    await everything.getByRole("button", { name: "enforce" }).click();
    await page.keyboard.press("Escape");
    expect(running.backend.state.mode).toBe("observe");

    await everything.getByRole("button", { name: "enforce" }).click();
    await page.getByRole("button", { name: "Switch to enforce" }).click();
    await page.getByText("Enforcing.").waitFor();
    await page.getByRole("dialog").waitFor({ state: "detached" });
    expect(running.backend.state.mode).toBe("enforce");

    const bodies = page.getByRole("group", { name: "Mode of Body limits" });
    await bodies.getByRole("button", { name: "observe" }).click();
    await page.getByRole("button", { name: "Switch to observe" }).click();
    await page.getByText("Enforcing, but not Body limits.").waitFor();

    await page.goto("/endpoints/legacy");
    const endpoint = page.getByRole("group", { name: "Mode of this endpoint" });
    await endpoint.getByRole("button", { name: "observe" }).click();
    await page.getByRole("button", { name: "Switch to observe" }).click();
    await endpoint.getByRole("button", { name: "observe", pressed: true }).waitFor();
    expect(running.backend.state.endpointModes.get(key)).toBe("observe");
  });

  test("tell an incident as a story", async () => {
    await signIn();
    await page.goto("/incidents");
    await page.getByRole("link", { name: /found an undocumented endpoint/ }).click();
    await page.getByText("Tried to run a shell command through expand.").waitFor();
    await page.getByRole("link", { name: "Why" }).last().click();
    await page.getByText("The client was refused with status 403.").waitFor();
  });

  test("say when there is nothing, no such thing, and no connection", async () => {
    await signIn();
    await page.goto("/endpoints?search=nothing-like-this");
    await page.getByText("No endpoint to show.").waitFor();
    await page.goto("/nowhere");
    await page.getByText("There is no such page.").waitFor();
    await page.goto("/");
    await page.getByText("Observing: nothing is blocked.").waitFor();
    await page.context().setOffline(true);
    await running.close();
    await page.getByText("Not connected.").waitFor();
    (watched.complaints as string[]).length = 0;
  });

  test("come back to signing in when the session has ended elsewhere", async () => {
    await signIn();
    await page.goto("/policy");
    await page.getByRole("heading", { name: "Policy" }).waitFor();
    await running.storage.accounts.deleteSessionsOf("admin");
    await page.getByRole("link", { name: "Incidents" }).click();
    await page.getByRole("heading", { name: "Sign in to Merlon" }).waitFor();
  });

  test("are used by keyboard alone", async () => {
    await signIn();
    await page.goto("/endpoints");
    await page.locator("tbody tr").first().waitFor();
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to content");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: "/api/v2/login" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "POST /api/v2/login" }).waitFor();
    expect(await page.evaluate("document.activeElement.id")).toBe("main");
  });

  test.each([
    [1_280, "light"],
    [1_280, "dark"],
    [390, "light"],
    [390, "dark"],
  ] as const)("are accessible and fit at %i px in %s", async (width, colorScheme) => {
    const base = `http://127.0.0.1:${running.port}`;
    const narrow = await openPage(browser, base, { width, colorScheme });
    await signIn(narrow.page);
    for (const path of [
      "/",
      "/endpoints",
      "/endpoints/legacy",
      "/decisions",
      "/decisions/injection",
      "/incidents",
      "/incidents/incident-1",
      "/policy",
    ]) {
      await visit(narrow.page, path);
      expect(await seriousViolations(narrow.page), path).toEqual([]);
      const overflowPx = await narrow.page.evaluate(
        "document.documentElement.scrollWidth - window.innerWidth",
      );
      expect(overflowPx, path).toBeLessThanOrEqual(0);
    }
    expect(narrow.complaints).toEqual([]);
    await narrow.close();
  });

  test("stay small", () => {
    const files = globSync(join(directory, "web/assets/*"));
    const bytes = files.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);

    expect(bytes).toBeLessThan(200_000);
  });
}
