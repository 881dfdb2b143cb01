import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RecordedDecision } from "../../src/console/traffic-store.ts";
import type { Endpoint } from "../../src/model/endpoint.ts";
import type { Incident } from "../../src/model/incident.ts";
import type { RecordedExchange } from "../../src/model/recorded-exchange.ts";
import {
  sampleDecision,
  sampleExchange,
  sampleIncident,
} from "../../src/storage/recorded-samples.ts";
import {
  buildPages,
  launchBrowser,
  noBrowser,
  openPage,
  visit,
  type WatchedPage,
} from "./running-browser.ts";
import { type RunningConsole, startConsole } from "./running-console.ts";
import { sampleEndpoint } from "./sample-endpoint.ts";

/** What attackers send in the hope that somebody looks at it in a console. */
const payloads = [
  "<script>window.hit=1;alert(1)</script>",
  '"><img src=x onerror="window.hit=1;alert(2)">',
  "'><svg onload=window.hit=1>",
  "javascript:window.hit=1//",
  "</pre></style></textarea><iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
  "{{constructor.constructor('window.hit=1')()}}",
  "<a href=javascript:window.hit=1 autofocus onfocus=window.hit=1>x</a>",
  "<base href=//evil.example/><meta http-equiv=refresh content=0;url=//evil.example>",
  "\u202e<style>*{display:none}</style>",
];

if (noBrowser !== undefined) {
  test.skip(`what attackers sent stays inert: ${noBrowser}`, () => undefined);
} else {
  describe("what attackers sent stays inert", () => testInertness());
}

function testInertness(): void {
  let directory: string;
  let browser: Browser;
  let running: RunningConsole;
  let watched: WatchedPage;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), "merlon-inert-"));
    await buildPages(directory);
    browser = await launchBrowser();
    const endpoints = payloads.map(endpointFrom);
    running = await startConsole({ endpoints, assetsDirectory: join(directory, "web") });
    await running.storage.traffic.record({
      exchanges: payloads.map(exchangeFrom),
      decisions: payloads.map(decisionFrom),
      incidents: payloads.map(incidentFrom),
    });
    running.backend.state.exceptions = payloads.map((text) => ({
      id: text,
      detector: text,
      endpoint: text,
      field: text,
      reason: text,
      source: "console" as const,
    }));
    const url = `http://127.0.0.1:${running.port}`;
    watched = await openPage(browser, url);
    const { cookie = "" } = await running.signedIn();
    const [name = "", value = ""] = cookie.split("=");
    await watched.page.context().addCookies([{ name, value, url }]);
  });
  afterAll(async () => {
    await watched?.close();
    await running?.close();
    await browser?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  async function expectInert(path: string, texts: readonly string[]): Promise<void> {
    const { page, complaints } = watched;
    await visit(page, path);
    for (const summary of await page.locator("summary").all()) await summary.click();

    const shown = await page.locator("main").textContent();
    for (const text of texts) expect(shown, path).toContain(text);
    expect(await page.evaluate(traces), path).toEqual({ hit: null, foreign: 0, display: "block" });
    expect(page.url(), path).toContain(`127.0.0.1:${running.port}`);
    // A path like these makes no endpoint of a real inventory, so its template is not there.
    expect(
      complaints.filter((text) => !text.endsWith("404 (Not Found)")),
      path,
    ).toEqual([]);
  }

  test.each([
    "/",
    "/endpoints",
    "/decisions",
    "/incidents",
    "/policy",
  ])("in the list at %s", async (path) => {
    // The overview shows only the first few of each kind.
    await expectInert(path, path === "/" ? payloads.slice(0, 1) : payloads);
  });

  test.each(payloads)("on the pages about %s", async (text) => {
    const at = payloads.indexOf(text);

    await expectInert(`/endpoints/e${at}`, [text]);
    await expectInert(`/decisions/d${at}`, [text]);
    await expectInert(`/incidents/i${at}`, [text]);
    await expectInert(`/decisions?client=${encodeURIComponent(text)}`, [text]);
  });
}

/** What a payload that came to life would have left behind. */
const traces = `({
  hit: window.hit ?? null,
  foreign: document.querySelectorAll(
    "main :is(script, img, svg, iframe, style, base, meta, [onerror], [onload], [onfocus], [href^='javascript:'])",
  ).length,
  display: getComputedStyle(document.body).display,
})`;

function endpointFrom(text: string, at: number): Endpoint {
  return sampleEndpoint({
    id: `e${at}`,
    method: text,
    host: text,
    path: `/${text}`,
    operation: text,
    statuses: { [text]: 1 },
    requestMediaTypes: { [text]: 1 },
    parameters: [
      { in: "query", name: text, type: text, required: true, confidence: 1, samples: 1 },
    ],
    sensitiveData: [{ in: "url", name: text, class: "email", samples: 1, confidence: 1 }],
    schemas: { response: { description: text } },
    observations: { [text]: 1 },
    risk: {
      score: 50,
      level: "high",
      factors: [
        {
          factor: "no-authentication",
          points: 5,
          evidence: text,
          remedy: text,
          references: [text],
          confidence: 1,
        },
      ],
    },
  });
}

function exchangeFrom(text: string, at: number): RecordedExchange {
  return sampleExchange({
    id: `d${at}`,
    timeMs: at,
    client: text,
    endpoint: `e${at}`,
    request: {
      method: text,
      url: `http://shop.example/${text}`,
      httpVersion: "1.1",
      headers: [[text, text]],
      body: text,
    },
    response: { status: 200, headers: [["x", text]], body: text },
  });
}

function decisionFrom(text: string, at: number): RecordedDecision {
  const detection = {
    detector: "cross-site-scripting",
    confidence: "high",
    location: "query",
    name: text,
    part: "value",
    evidence: text,
    span: { start: 0, end: text.length },
    value: text,
    steps: [
      { decoding: "percent", value: encodeURIComponent(text) },
      { decoding: "percent", value: text },
    ],
    explanation: text,
  } as const;
  const verdict = {
    protection: "attack-detection",
    mode: "observe",
    phase: "request-headers",
    action: "block",
    reason: text,
  } as const;
  return sampleDecision({
    id: `d${at}`,
    timeMs: payloads.length - at,
    client: text,
    method: text,
    host: text,
    path: `/${text}`,
    endpoint: `e${at}`,
    detections: [detection],
    verdicts: [verdict],
    exceptions: [text],
  });
}

function incidentFrom(text: string, at: number): Incident {
  return sampleIncident({
    id: `i${at}`,
    lastSeenMs: payloads.length - at,
    client: text,
    summary: text,
    detectors: { [text]: 1 },
    steps: [
      {
        timeMs: at,
        decision: `d${at}`,
        endpoint: text,
        kind: "attack",
        what: text,
        action: "allow",
        count: 2,
      },
    ],
  });
}
