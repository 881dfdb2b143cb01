import { writeFile } from "node:fs/promises";
import { type Command, Option } from "commander";
import { MerlonError } from "../model/merlon-error.ts";
import { csvOf } from "../reporting/csv-report.ts";
import { htmlReportOf } from "../reporting/html/html-report.ts";
import { jsonReportOf } from "../reporting/json-report.ts";
import { byUrgency, type RiskReport } from "../reporting/risk-report.ts";
import { sarifOf } from "../reporting/sarif-report.ts";
import type { FindingSeverity } from "../risk/finding.ts";
import { exitCodes } from "./exit-codes.ts";
import { buildReport } from "./report-source.ts";

interface ReportFlags {
  readonly host?: string;
  readonly json?: boolean;
  readonly format?: Format;
  readonly output?: string;
  readonly failOn?: FindingSeverity;
  readonly spec?: readonly string[];
  readonly sbom?: readonly string[];
  readonly osv?: string;
  readonly kev?: string;
  readonly epss?: string;
  readonly config?: string;
  readonly lint: boolean;
}

const formats = ["html", "sarif", "json", "csv"] as const;
type Format = (typeof formats)[number];
const severities = ["low", "medium", "high", "critical"] as const;

const examples = `
Examples:
  merlon report traffic.jsonl --spec openapi.yaml --output report.html
  merlon report .merlon --output report.html
  merlon report traffic.jsonl --format sarif --output merlon.sarif
  merlon report traffic.jsonl --sbom bom.cdx.json --osv npm/all.zip --kev kev.json
  merlon report traffic.jsonl --fail-on high

Exit codes: 0 done, 1 a finding of the severity of --fail-on is open, 2 wrong usage or
specification, 3 a part could not be read or analysed.
`;

/** `merlon report`: what is wrong, from recorded traffic or from the data of an installation. */
export function register(program: Command): void {
  program
    .command("report [source...]")
    .description("write the risks of recorded traffic or of a data directory as a report")
    .addOption(
      new Option(
        "--format <format>",
        "format of the report; told from the output's ending",
      ).choices(formats),
    )
    .option("--output <file>", "write to this file instead of standard output")
    .option("--spec <file>", "compare with this OpenAPI file, and lint it", collected)
    .option("--sbom <file>", "bill of materials or lock file of the software behind", collected)
    .option("--osv <path>", "OSV database to look components up in: directory or zip")
    .option("--kev <file>", "catalogue of exploited vulnerabilities (CISA KEV, JSON)")
    .option("--epss <file>", "exploit probabilities (EPSS, CSV)")
    .option("--config <file>", "take policy, weights, owners and workloads from this file")
    .option("--host <name>", "the host of traffic whose source does not tell it")
    .option("--no-lint", "leave out the OWASP rules for specifications")
    .addOption(
      new Option(
        "--fail-on <severity>",
        "exit 1 when such a finding is open, or a worse one",
      ).choices(severities),
    )
    .addHelpText("after", examples)
    .action(async (sources: readonly string[], _options, command: Command) => {
      process.exitCode = await report(
        sources.length === 0 ? ["-"] : sources,
        command.optsWithGlobals<ReportFlags>(),
      );
    });
}

function collected(file: string, before: readonly string[] = []): readonly string[] {
  return [...before, file];
}

async function report(sources: readonly string[], flags: ReportFlags): Promise<number> {
  if (sources.includes("-") && process.stdin.isTTY) {
    throw new MerlonError("ERR_USAGE", "nothing given to report on", {
      fix: "Name a file or data directory, as in `merlon report traffic.jsonl`.",
    });
  }
  const { report: made, problems } = await buildReport(sources, flags);
  for (const problem of problems) console.error(problem);
  await written(reportAs(formatOf(flags), made), flags.output);
  if (problems.length > 0) return exitCodes.failed;
  return fails(made, flags.failOn) ? exitCodes.found : exitCodes.ok;
}

function formatOf({ format, json, output = "" }: ReportFlags): Format {
  if (format !== undefined) return format;
  const ending = formats.find((known) => output.toLowerCase().endsWith(`.${known}`));
  return ending ?? (json === true || output === "" ? "json" : "html");
}

function reportAs(format: Format, made: RiskReport): string {
  switch (format) {
    case "html":
      return htmlReportOf(made);
    case "sarif":
      return `${JSON.stringify(sarifOf(made.findings, made.version), null, 2)}\n`;
    case "json":
      return `${JSON.stringify(jsonReportOf(made), null, 2)}\n`;
    case "csv":
      return csvOf(made.findings.toSorted(byUrgency));
  }
}

async function written(text: string, output: string | undefined): Promise<void> {
  if (output === undefined) {
    await new Promise<void>((resolve) => process.stdout.write(text, () => resolve()));
    return;
  }
  await writeFile(output, text).catch((cause: unknown) => {
    throw new MerlonError("ERR_USAGE", `cannot write ${output}`, {
      cause,
      fix: "Give `--output` a path that can be written.",
    });
  });
}

function fails({ findings }: RiskReport, failOn: FindingSeverity | undefined): boolean {
  if (failOn === undefined) return false;
  const worst = severities.indexOf(failOn);
  return findings.some(
    ({ state, severity }) => state === "open" && severities.indexOf(severity) >= worst,
  );
}
