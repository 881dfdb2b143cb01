import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";

const executable = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => existsSync(path));

/** Why browser tests cannot run here; undefined where they can. In CI they must. */
export const noBrowser: string | undefined =
  executable === undefined && process.env["CI"] === undefined
    ? "no Chromium is installed (apt-get install chromium)"
    : undefined;

/** Builds the pages into a directory of the test's own, exactly as they are published. */
export async function buildPages(directory: string): Promise<void> {
  const root = join(import.meta.dirname, "../..");
  const vite = join(root, "node_modules/vite/bin/vite.js");
  const outDir = join(directory, "web");
  await promisify(execFile)(process.execPath, [vite, "build", "web", "--outDir", outDir], {
    cwd: root,
    // The test runner's own value would make React's development build.
    env: { ...process.env, NODE_ENV: "production" },
  });
}

/** A page whose every complaint, dialog and foreign request is kept for the test to look at. */
export interface WatchedPage {
  readonly page: Page;
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export async function launchBrowser(): Promise<Browser> {
  const options = executable === undefined ? {} : { executablePath: executable };
  return chromium.launch({ ...options, args: ["--no-sandbox", "--disable-gpu"] });
}

/** Opens a browser window of its own, with no cookies. */
export async function openPage(
  browser: Browser,
  base: string,
  options: { readonly width?: number; readonly colorScheme?: "light" | "dark" } = {},
): Promise<WatchedPage> {
  const { width = 1_280, colorScheme = "light" } = options;
  const context = await browser.newContext({
    baseURL: base,
    colorScheme,
    viewport: { width, height: 800 },
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => undefined);
  });
  page.on("console", (message) => {
    // Asking who is signed in is answered with 401 before anyone is.
    if (message.type() === "error" && !message.text().includes("401")) {
      complaints.push(`console: ${message.text()}`);
    }
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(base)) complaints.push(`request: ${request.url()}`);
  });
  return { page, complaints, close: () => context.close() };
}

/** Goes to a path and waits until nothing on the page is still to come. */
export async function visit(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await page.locator("main h1").waitFor();
  await page.getByText("Loading…").first().waitFor({ state: "detached" });
}

/** What axe finds serious or critical on the page as it stands. */
export async function seriousViolations(page: Page): Promise<string[]> {
  // Evaluated through the debugger, which the page's own script policy does not concern.
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run(),
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(" | ")}`);
}
