import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { runCustomers } from "../../examples/shop/customers.ts";
import { createShop } from "../../examples/shop/shop.ts";
import { type RunningMerlon, startMerlon } from "../app/merlon.ts";
import { packageRoot } from "../app/package-root.ts";
import { loadConfiguration } from "../config/load-configuration.ts";
import { createDemoStory } from "./demo-story.ts";
import { freePortOr } from "./free-port.ts";
import { tellDemo } from "./tell-demo.ts";
import { writeLog } from "./write-log.ts";

interface DemoOptions {
  readonly port: number;
  readonly consolePort: number;
  readonly exit: boolean;
  readonly json: boolean;
}

/** `merlon demo`: a weak shop, its customers, an attacker, and Merlon in front of it. */
export function register(program: Command): void {
  program
    .command("demo")
    .description("guard a small shop API with real weaknesses, and watch it being attacked")
    .option("--port <port>", "port of the gateway", portOf, 8080)
    .option("--console-port <port>", "port of the console", portOf, 7070)
    .option("--exit", "end after the attack instead of waiting for Ctrl-C")
    .option("--json", "one JSON object a line")
    .addHelpText("after", "\nExamples:\n  merlon demo\n  merlon demo --exit --json\n")
    .action(async (_options, command: Command) => {
      await runDemo(command.optsWithGlobals<DemoOptions>());
    });
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError("Give a port from 0 to 65535; 0 takes any free one.");
  }
  return port;
}

async function runDemo(options: DemoOptions): Promise<void> {
  const story = createDemoStory({ json: options.json, write: (line) => console.log(line) });
  const stopped = new AbortController();
  process.once("SIGINT", () => stopped.abort());
  process.once("SIGTERM", () => stopped.abort());

  const labKey = randomBytes(16).toString("hex");
  const shop = createShop({ labKey });
  const directory = await mkdtemp(join(tmpdir(), "merlon-demo-"));
  let merlon: RunningMerlon | undefined;
  try {
    merlon = await startMerlon({
      configuration: await loadConfiguration({
        overrides: await demoConfiguration(options, directory, await shop.listen(0)),
      }),
      log: writeLog,
    });
    const customers = letCustomersIn(merlon, stopped.signal);
    await tellDemo({ story, merlon, labKey, signal: stopped.signal });
    if (!options.exit && !stopped.signal.aborted) await untilAborted(stopped.signal);
    stopped.abort();
    await customers;
  } finally {
    await merlon?.stop();
    await shop.close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** The shop as a user would configure it: its specification, and a load balancer that is trusted. */
async function demoConfiguration(
  options: DemoOptions,
  directory: string,
  upstream: string,
): Promise<Record<string, unknown>> {
  return {
    upstream,
    listen: { address: "127.0.0.1", port: await freePortOr(options.port) },
    console: { address: "127.0.0.1", port: await freePortOr(options.consolePort) },
    gateway: { trustedProxies: ["127.0.0.0/8"] },
    specifications: [join(packageRoot, "examples/shop/openapi.yaml")],
    storage: { directory },
  };
}

async function letCustomersIn(merlon: RunningMerlon, signal: AbortSignal): Promise<void> {
  const { origin } = merlon.gateway;
  // A busy first moment fills the inventory; afterwards it is a quiet evening in the shop.
  await runCustomers({ origin, requestsPerSecond: 200, requestsMax: 600, signal });
  await runCustomers({ origin, requestsPerSecond: 8, signal, seed: 11 });
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
