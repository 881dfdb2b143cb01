import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
import { type RunningConsole, startConsole } from "./running-console.ts";
import { sampleEvents } from "./sample-inventory.ts";
import { shopEndpoints } from "./sample-shop.ts";

if (noBrowser !== undefined) {
  test.skip(`inventory pages in a browser: ${noBrowser}`, () => undefined);
} else {
  describe("inventory pages in a browser", () => testPages());
}

function testPages(): void {
  let directory: string;
  let browser: Browser;
  let running: RunningConsole;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "merlon-inventory-pages-"));
    await buildPages(directory);
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    running = await startConsole({
      endpoints: shopEndpoints(Date.now()),
      assetsDirectory: join(directory, "web"),
    });
    await running.storage.events.appendEvents(sampleEvents(Date.now()));
    watched = await openPage(browser, `http://127.0.0.1:${running.port}`);
    page = watched.page;
    await signIn(page);
  });
  afterEach(async () => {
    await watched.close();
    await running.close();
    expect(watched.complaints).toEqual([]);
  });

  async function signIn(at: Page): Promise<void> {
    const { cookie = "" } = await running.signedIn();
    const [name = "", value = ""] = cookie.split("=");
    const url = `http://127.0.0.1:${running.port}`;
    await at.context().addCookies([{ name, value, url }]);
  }

  test("rename, split, merge and pin a template, and take a decision back", async () => {
    await visit(page, "/endpoints/legacy");
    await page.getByRole("button", { name: /^Rename/ }).click();
    await page.getByLabel("Name of the parameter").fill("sku");
    await page.getByRole("button", { name: "Rename", exact: true }).last().click();
    await page.getByText("Parameter renamed:").waitFor();
    await page.getByText("/{sku}").first().waitFor();

    await page.getByRole("button", { name: /^Split/ }).click();
    await page.getByLabel("Another segment").fill("bestsellers");
    await page.getByRole("button", { name: "Split", exact: true }).last().click();
    await page.getByText("Literals kept apart:").waitFor();

    await page.getByRole("button", { name: "Merge into a parameter: v1" }).click();
    await page.getByLabel("Name of the parameter").fill("not a name");
    await page.getByRole("button", { name: "Merge", exact: true }).click();
    await page
      .getByRole("alert")
      .getByText(/A name is/)
      .waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();

    await page.getByRole("button", { name: "Pin this template" }).click();
    await page.getByRole("button", { name: "Pin", exact: true }).click();
    await page.getByText("Template pinned:").waitFor();
    expect(running.backend.inventory.pins().map(({ kind }) => kind)).toEqual([
      "rename",
      "split",
      "template",
    ]);

    await page.getByRole("button", { name: /^Take back: Parameter renamed/ }).click();
    await page.getByText("Parameter renamed:").waitFor({ state: "detached" });
    expect(running.backend.inventory.pins()).toHaveLength(2);
    // The refusal above is answered with 400, which the browser reports.
    const complaints = watched.complaints as string[];
    expect(complaints.every((text) => text.includes("400"))).toBe(true);
    complaints.length = 0;
  });

  test("tell what changed, on a page of its own and at the endpoint", async () => {
    await visit(page, "/changes");
    await page.getByText("Called again after a long silence.").waitFor();
    await page.getByLabel("Kind").selectOption("schema-changed");
    await page.getByText("New: response $.owner.iban: string.").waitFor();
    await page.getByText("Called again after a long silence.").waitFor({ state: "detached" });

    await visit(page, "/endpoints/legacy");
    await page.getByRole("heading", { name: "Changes" }).waitFor();
    await page.getByText(/before they were refused/).waitFor();
  });

  test("draw which service calls which", async () => {
    await visit(page, "/services");
    await page.getByRole("img", { name: /services and callers/ }).waitFor();
    const rows = page.locator("tbody tr");
    expect(await rows.count()).toBe(4);
    await rows.getByRole("link", { name: "ledger.internal" }).click();
    expect(page.url()).toContain("host=ledger.internal");
  });

  test("compare a specification before it is taken into force, and name what is wrong with one", async () => {
    await visit(page, "/specifications");
    await page.getByText("from the configuration").waitFor();
    const upload = (name: string, text: string): Promise<void> =>
      page
        .getByLabel("Specification to compare")
        .setInputFiles({ name, mimeType: "text/yaml", buffer: Buffer.from(text) });
    await upload("broken.yaml", "openapi: 3.1.0\npaths: [\n");
    await page
      .getByRole("alert")
      .getByText(/broken\.yaml:\d/)
      .waitFor();

    await upload(
      "shop.yaml",
      "openapi: 3.1.0\ninfo: {title: Shop API, version: '2'}\npaths:\n  /api/v1/products/{id}:\n    get: {responses: {'200': {description: ok}}}\n  /gone:\n    get: {responses: {'200': {description: ok}}}\n",
    );
    await page.getByText("shop.yaml, compared with traffic").waitFor();
    await page.getByRole("button", { name: "Take it into force" }).click();
    await page.getByRole("heading", { name: "Shop API 2" }).waitFor();
    await page.getByRole("button", { name: "Remove shop.yaml" }).click();
    await page.getByRole("heading", { name: "Shop API 2" }).waitFor({ state: "detached" });
    const complaints = watched.complaints as string[];
    expect(complaints.every((text) => text.includes("422"))).toBe(true);
    complaints.length = 0;
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
    for (const path of ["/changes", "/services", "/specifications", "/endpoints/legacy"]) {
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
}
