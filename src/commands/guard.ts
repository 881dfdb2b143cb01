import type { Command } from "commander";
import { startMerlon } from "../app/merlon.ts";
import { loadConfiguration } from "../config/load-configuration.ts";
import { startLinesOf } from "./start-lines.ts";
import { writeLog } from "./write-log.ts";

interface GuardFlags {
  readonly upstream?: string;
  readonly config?: string;
  readonly port?: string;
  readonly address?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
  readonly consolePort?: string;
  readonly data?: string;
  readonly spec?: string[];
  readonly mode?: string;
  readonly workers?: string;
  readonly json: boolean;
}

const examples = `
Examples:
  merlon guard --upstream http://127.0.0.1:3000
  merlon guard --upstream http://127.0.0.1:3000 --spec openapi.yaml --mode enforce
  merlon guard --config merlon.yaml
`;

/** `merlon guard`: the gateway, the inventory and the console in one process. */
export function register(program: Command): void {
  program
    .command("guard")
    .description("stand in front of an API: discover it, profile its risks, stop attacks")
    .option("--upstream <url>", "where the API is")
    .option("--config <file>", "merlon.yaml; flags win over it")
    .option("--port <port>", "port of the gateway (8080)")
    .option("--address <address>", "address of the gateway (127.0.0.1)")
    .option("--tls-cert <file>", "certificate chain in PEM: HTTPS and HTTP/2")
    .option("--tls-key <file>", "its private key in PEM")
    .option("--console-port <port>", "port of the console (7070)")
    .option("--data <directory>", "where Merlon keeps what it learned (.merlon)")
    .option("--spec <file...>", "OpenAPI files to compare traffic with")
    .option("--mode <mode>", "off, observe or enforce (observe)")
    .option("--workers <count>", "gateway threads (one a core)")
    .addHelpText("after", examples)
    .action(async (_options, command: Command) => {
      await guard(command.optsWithGlobals<GuardFlags>());
    });
}

async function guard(flags: GuardFlags): Promise<void> {
  const overrides = overridesOf(flags);
  const load = () =>
    loadConfiguration({ overrides, ...(flags.config === undefined ? {} : { file: flags.config }) });
  const merlon = await startMerlon({ configuration: await load(), log: writeLog, reload: load });

  if (flags.json) {
    console.log(
      JSON.stringify({ type: "started", gateway: merlon.gateway, console: merlon.console }),
    );
  } else {
    console.log("Merlon is on guard.\n");
    for (const line of startLinesOf(merlon)) console.log(`  ${line}`);
    console.log("\nCtrl-C stops it; requests under way are finished first.");
  }

  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await merlon.stop();
}

/** The part of a configuration document that the flags stand for. */
function overridesOf(flags: GuardFlags): Record<string, unknown> {
  const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));
  return withoutUndefined({
    upstream: flags.upstream,
    mode: flags.mode,
    specifications: flags.spec,
    listen: {
      address: flags.address,
      port: numberOf(flags.port),
      tls: { cert: flags.tlsCert, key: flags.tlsKey },
    },
    console: { port: numberOf(flags.consolePort) },
    storage: { directory: flags.data },
    gateway: { workers: numberOf(flags.workers) },
  });
}

function withoutUndefined(value: object): Record<string, unknown> {
  const entries = Object.entries(value)
    .map(([key, entry]) => [key, isObject(entry) ? withoutUndefined(entry) : entry] as const)
    .filter(([, entry]) => entry !== undefined)
    .filter(([, entry]) => !isObject(entry) || Object.keys(entry).length > 0);
  return Object.fromEntries(entries);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
