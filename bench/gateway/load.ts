import { execFile } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Contender, OTHER_CORE } from "./contenders.ts";
import { cpuTimeUs } from "./cpu-time.ts";

const run = promisify(execFile);

export type Workload = "get" | "post";
export const workloads: readonly Workload[] = ["get", "post"];

/** Connections of the load generator, at full load and at a paced one. */
const CONNECTIONS_FULL = 32;
const CONNECTIONS_PACED = 64;

export interface Measured {
  readonly requestsPerSecond: number;
  /** What each request cost, whoever else used the core meanwhile. */
  readonly cpuUs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Answers that were not 200, and connections that failed. */
  readonly failures: number;
}

export interface Target {
  readonly contender: Contender;
  readonly workload: Workload;
  readonly seconds: number;
}

/** What all scripts share: a thousand different requests, made before the clock runs. */
const requests: Readonly<Record<Workload, string>> = {
  get: `for i = 1, 1000 do
  made[i] = wrk.format("GET", "/api/v1/products/" .. i .. "?expand=reviews&q=garden+chair+" .. i,
    { ["Authorization"] = "Bearer 6f1d" .. i, ["Accept"] = "application/json", ["User-Agent"] = "shop-app/3.2" })
end`,
  // About a kilobyte of an order with text that people wrote.
  post: `for i = 1, 1000 do
  local lines = {}
  for n = 1, 9 do
    lines[n] = string.format('{"sku":"SKU-%04d","quantity":%d,"note":"Please wrap it as a gift, no. %d; it\\'s for mum & dad"}', (i * n) % 9999, n, n)
  end
  local body = '{"customer":' .. i .. ',"items":[' .. table.concat(lines, ",") .. '],"address":{"street":"Main street ' .. i .. '","city":"Springfield","zip":"12345"}}'
  made[i] = wrk.format("POST", "/api/v1/orders",
    { ["Authorization"] = "Bearer 6f1d" .. i, ["Content-Type"] = "application/json", ["User-Agent"] = "shop-app/3.2" }, body)
end`,
};

/** As many requests as the server answers. */
export function measureFullLoad(directory: string, target: Target): Promise<Measured> {
  return measure(directory, target, { connections: CONNECTIONS_FULL, delay: "" });
}

/** So many requests a second, whoever answers: each connection pauses between its requests. */
export function measurePacedLoad(
  directory: string,
  target: Target & { readonly requestsPerSecond: number },
): Promise<Measured> {
  const meanMs = Math.max(1, Math.round((CONNECTIONS_PACED * 1_000) / target.requestsPerSecond));
  const delay = `function delay() return math.random(0, ${meanMs * 2}) end`;
  return measure(directory, target, { connections: CONNECTIONS_PACED, delay });
}

async function measure(
  directory: string,
  target: Target,
  load: { readonly connections: number; readonly delay: string },
): Promise<Measured> {
  const script = join(directory, "load.lua");
  writeFileSync(
    script,
    `local made, at = {}, 0
function init(args)
${requests[target.workload]}
end
function request() at = at % 1000 + 1 return made[at] end
${load.delay}\n`,
  );
  const { port, pid } = target.contender;
  const before = cpuTimeUs(pid);
  const { stdout } = await run("taskset", [
    ...["-c", OTHER_CORE, "wrk", "-t1", `-c${load.connections}`, `-d${target.seconds}s`],
    ...["--latency", "-s", script, `http://127.0.0.1:${port}`],
  ]);
  return readReport(stdout, cpuTimeUs(pid) - before);
}

function readReport(report: string, cpuUs: number): Measured {
  const find = (pattern: RegExp): string => pattern.exec(report)?.[1] ?? "0";
  const errors = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(
    report,
  );
  const socketErrors = (errors ?? []).slice(1).reduce((sum, count) => sum + Number(count), 0);
  return {
    cpuUs: cpuUs / Number(find(/(\d+) requests in/)),
    requestsPerSecond: Number(find(/Requests\/sec:\s+([\d.]+)/)),
    p50Ms: millisecondsOf(find(/^\s+50%\s+(\S+)/m)),
    p99Ms: millisecondsOf(find(/^\s+99%\s+(\S+)/m)),
    failures: Number(find(/Non-2xx or 3xx responses: (\d+)/)) + socketErrors,
  };
}

function millisecondsOf(text: string): number {
  const value = Number.parseFloat(text);
  if (text.endsWith("us")) return value / 1_000;
  return text.endsWith("ms") ? value : value * 1_000;
}
