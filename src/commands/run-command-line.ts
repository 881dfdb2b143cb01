import { Command, CommanderError } from "commander";
import { version } from "../app/package-root.ts";
import { ConfigurationError } from "../config/configuration-error.ts";
import { type ErrorCode, MerlonError } from "../model/merlon-error.ts";
import { colours } from "./colours.ts";
import { commands } from "./command-list.ts";
import { exitCodes } from "./exit-codes.ts";

/** Runs one command and tells its exit code; errors are printed with code and fix, without a stack. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const program = createProgram();
  try {
    await program.parseAsync(args, { from: "user" });
    return Number(process.exitCode ?? exitCodes.ok);
  } catch (error) {
    if (error instanceof CommanderError) return exitCodeOf(error);
    printError(error, { json: args.includes("--json") });
    return isUsage(error) ? exitCodes.usage : exitCodes.failed;
  }
}

/** The whole command line, ready to parse. */
function createProgram(): Command {
  const program = new Command("merlon")
    .description("API security: discovers, profiles and protects the APIs that are really there")
    .version(version, "-V, --version")
    .option("--json", "machine-readable output, one JSON object a line")
    .showSuggestionAfterError()
    .exitOverride()
    .addHelpText(
      "after",
      "\nExamples:\n  merlon guard --upstream http://localhost:3000\n  merlon inspect traffic.jsonl --explain\n  merlon config check merlon.yaml\n\nExit codes: 0 nothing found, 1 found or would block something, 2 wrong usage or configuration, 3 failed.\n",
    );
  for (const register of commands) register(program);
  for (const command of program.commands) inherit(command, program);
  return program;
}

/** Subcommands made by `program.command()` inherit the settings, those below them only by this. */
function inherit(command: Command, parent: Command): void {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inherit(child, command);
}

function exitCodeOf(error: CommanderError): number {
  // Help and version are answers, not errors.
  return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
}

const usageCodes: ReadonlySet<ErrorCode> = new Set([
  "ERR_CONFIG_INVALID",
  "ERR_CONFIG_UNREADABLE",
  "ERR_USAGE",
  "ERR_SPECIFICATION_INVALID",
  "ERR_TLS_INVALID",
]);

function isUsage(error: unknown): boolean {
  return error instanceof MerlonError && usageCodes.has(error.code);
}

function printError(error: unknown, { json }: { readonly json: boolean }): void {
  const known = error instanceof MerlonError ? error : undefined;
  const message = error instanceof Error ? error.message : String(error);
  if (json) {
    const problems = error instanceof ConfigurationError ? { problems: error.problems } : {};
    const code = known?.code ?? "ERR_INTERNAL";
    console.error(JSON.stringify({ error: code, message, fix: known?.fix, ...problems }));
    return;
  }
  console.error(`${colours.red(known?.code ?? "merlon failed")} ${message}`);
  if (known?.fix !== undefined) console.error(`  ${known.fix}`);
  // Without a code it is a fault of Merlon's own: the place it happened belongs in a report.
  if (known === undefined && error instanceof Error) console.error(colours.dim(error.stack ?? ""));
}
