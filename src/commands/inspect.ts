import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import { setFlagsFromString } from "node:v8";
import type { Command } from "commander";
import { environmentVariable } from "../config/environment-variable.ts";
import { loadConfiguration } from "../config/load-configuration.ts";
import type { Decision } from "../model/decision.ts";
import { fieldKeyOf } from "../model/field.ts";
import { MerlonError } from "../model/merlon-error.ts";
import { createGuard } from "../protection/create-guard.ts";
import { explainDecision } from "../protection/explain.ts";
import { createInstallation } from "../protection/installation.ts";
import { printable } from "../protection/printable.ts";
import { loadSpecification } from "../specifications/load-specification.ts";
import { colours } from "./colours.ts";
import { exitCodes } from "./exit-codes.ts";
import { createInspection, type Inspection, inspectedExchangeOf } from "./inspect-exchange.ts";
import { createLineOutput } from "./line-output.ts";
import { createProgress } from "./progress.ts";
import { readableExchanges } from "./readable-exchanges.ts";
import { addReadingOptions, type ReadingFlags, readingOf } from "./reading-options.ts";

interface InspectFlags extends ReadingFlags {
  readonly json?: boolean;
  readonly explain?: boolean;
  readonly config?: string;
  readonly spec?: readonly string[];
}

const examples = `
Examples:
  merlon inspect traffic.jsonl
  merlon inspect --json < traffic.har
  merlon inspect --spec openapi.yaml traffic.jsonl
  merlon inspect --explain --config merlon.yaml traffic.jsonl.gz

Exit codes: 0 nothing would be blocked, 1 something would be, 3 a part could not be read.
`;

/** `merlon inspect`: what Merlon would decide about recorded traffic, with every protection enforced. */
export function register(program: Command): void {
  addReadingOptions(program.command("inspect [file]"))
    .description("say of each recorded exchange whether it would be blocked")
    .option("--explain", "tell value, decoding steps, reason and exception of each decision")
    .option("--config <file>", "take the policy from this file instead of the defaults")
    .option(
      "--spec <file>",
      "hold traffic to this description of the API too; repeatable",
      repeated,
      [],
    )
    .addHelpText("after", examples)
    .action(async (file: string | undefined, _options, command: Command) => {
      process.exitCode = await inspectFile(file ?? "-", command.optsWithGlobals<InspectFlags>());
    });
}

function repeated(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

async function inspectFile(file: string, flags: InspectFlags): Promise<number> {
  if (file === "-" && process.stdin.isTTY) {
    throw new MerlonError("ERR_USAGE", "no exchanges given", {
      fix: "Name a file, as in `merlon inspect traffic.jsonl`, or pipe one in.",
    });
  }
  // Everything here dies young: a nursery that does not grow keeps a 2 GB file below 300 MB.
  setFlagsFromString("--semi-space-growth-factor=1");
  const { policy, gateway, specifications } = await loadConfiguration({
    needsUpstream: false,
    ...(flags.config === undefined ? { looksForFile: false } : { file: flags.config }),
  });
  const knowledge = {
    specifications: await Promise.all(
      [...specifications, ...(flags.spec ?? [])].map((path) => loadSpecification(path)),
    ),
    endpoints: [],
  };
  const installation = createInstallation({ secretOf: environmentVariable });
  const inspection = createInspection((record) =>
    createGuard({
      policy,
      knowledge,
      installation,
      record,
      now: Date.now,
      newId: randomUUID,
      failed: (part, error) => console.error(`${part} failed: ${printable(String(error))}`),
      bodyLimits: { inspectionBytesMax: gateway.limits.bodyBytesInspectedMax },
    }),
  );
  const { exchanges, blocked, unreadable } = await inspectAll(file, inspection, flags);
  if (!flags.json) {
    console.error(`${exchanges} exchanges, ${blocked} would be blocked, ${unreadable} unreadable`);
  }
  if (unreadable > 0) return exitCodes.failed;
  return blocked > 0 ? exitCodes.found : exitCodes.ok;
}

interface Tally {
  exchanges: number;
  blocked: number;
  unreadable: number;
}

async function inspectAll(
  file: string,
  inspection: Inspection,
  flags: InspectFlags,
): Promise<Tally> {
  const tally: Tally = { exchanges: 0, blocked: 0, unreadable: 0 };
  const output = createLineOutput(process.stdout);
  let bytesRead = 0;
  const progress = createProgress({
    terminal: process.stderr,
    what: "exchanges",
    ...(file === "-" ? {} : { bytesTotal: await sizeOf(file) }),
    now: Date.now,
  });
  const onProgress = (bytes: number) => {
    bytesRead = bytes;
  };
  const tell = (line: string, isProblem: boolean): void => {
    if (isProblem) tally.unreadable += 1;
    progress.clear();
    console.error(line);
  };
  const reading = { ...readingOf(flags), onProgress };
  for await (const read of readableExchanges(file, reading, { tell })) {
    const { id, decision } = await inspection.inspect(read);
    tally.exchanges += 1;
    if (decision?.wouldBe === "block") tally.blocked += 1;
    progress.update(tally.exchanges, bytesRead);
    for (const line of linesOf(id, decision, flags)) {
      progress.clear();
      // The reader went away, as `head` does: what is left interests nobody.
      if (!(await output.write(line))) return tally;
    }
  }
  progress.clear();
  return tally;
}

function linesOf(
  id: string,
  decision: Decision | undefined,
  { json, explain }: InspectFlags,
): readonly string[] {
  if (json) {
    const line = inspectedExchangeOf(id, decision);
    if (!explain || decision === undefined) return [JSON.stringify(line)];
    return [JSON.stringify({ ...line, explanation: explainDecision(decision) })];
  }
  if (decision === undefined) return [];
  if (explain) {
    const mark = colours.isColorSupported ? { mark: colours.inverse } : {};
    return [...explainDecision(decision, mark), ""];
  }
  return [shortLineOf(decision)];
}

function shortLineOf(decision: Decision): string {
  const { id, method, host, path, wouldBe, status, detections, verdicts } = decision;
  const action = wouldBe === "block" ? colours.red(`block ${status}`) : colours.dim("allow    ");
  const found = detections.map((detection) => `${detection.detector} in ${fieldKeyOf(detection)}`);
  const why = found.length > 0 ? found : verdicts.flatMap(({ reason }) => reason ?? []);
  return `${action}  ${printable(id)}  ${printable(`${method} ${host}${path}`)}  ${printable(why.join(", "))}`;
}

async function sizeOf(file: string): Promise<number> {
  return await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
