import { writeFile } from "node:fs/promises";
import type { Command } from "commander";
import { loadConfiguration } from "../config/load-configuration.ts";
import { createInventory, type Inventory } from "../discovery/inventory.ts";
import { MerlonError } from "../model/merlon-error.ts";
import { assessRisk } from "../risk/score.ts";
import { surroundingsOf } from "../risk/surroundings.ts";
import { toGraphqlSchema } from "../specifications/graphql-export.ts";
import { loadSpecification } from "../specifications/load-specification.ts";
import { toOpenApi, toOpenApiYaml } from "../specifications/openapi-export.ts";
import { discoveredEndpointOf } from "./discovered-endpoint.ts";
import { discoveryTable } from "./discovery-table.ts";
import { exitCodes } from "./exit-codes.ts";
import { type LearnedSources, type LearnOptions, learnSources } from "./learn-sources.ts";
import { createLineOutput } from "./line-output.ts";
import { addReadingOptions, type ReadingFlags, readingOf } from "./reading-options.ts";
import { keepHeapSmall } from "./small-heap.ts";

interface DiscoverFlags extends ReadingFlags {
  readonly json?: boolean;
  readonly spec?: readonly string[];
  readonly output?: string;
  readonly config?: string;
  readonly inspection: boolean;
}

const examples = `
Examples:
  merlon discover traffic.jsonl
  merlon discover monday.har tuesday.jsonl.gz --spec openapi.yaml
  merlon discover --json - < traffic.jsonl
  merlon discover access.log --host shop.example
  tcpdump -i any -w - 'tcp port 8080' | merlon discover -
  merlon discover traffic.jsonl --output discovered.yaml

Exit codes: 0 done, 2 wrong usage or specification, 3 a part could not be read.
`;

/** `merlon discover`: the inventory that recorded traffic reveals. */
export function register(program: Command): void {
  addReadingOptions(program.command("discover [source...]"))
    .description("list the endpoints that recorded traffic reveals, with their risks")
    .option(
      "--spec <file>",
      "compare with this OpenAPI, GraphQL, WSDL or Postman file; may be given several times",
      collected,
    )
    .option(
      "--output <file>",
      "write what was found as OpenAPI 3.1 (.yaml, .json) or as a GraphQL schema (.graphql)",
    )
    .option("--config <file>", "take the policy that tells attacks from this file")
    .option("--no-inspection", "learn from everything, without looking for attacks first; faster")
    .addHelpText("after", examples)
    .action(async (sources: readonly string[], _options, command: Command) => {
      process.exitCode = await discover(
        sources.length === 0 ? ["-"] : sources,
        command.optsWithGlobals<DiscoverFlags>(),
      );
    });
}

function collected(file: string, before: readonly string[] = []): readonly string[] {
  return [...before, file];
}

async function discover(sources: readonly string[], flags: DiscoverFlags): Promise<number> {
  if (sources.includes("-") && process.stdin.isTTY) {
    throw new MerlonError("ERR_USAGE", "no exchanges given", {
      fix: "Name a file, as in `merlon discover traffic.jsonl`, or pipe one in.",
    });
  }
  keepHeapSmall();
  const inventory = createInventory();
  for (const file of flags.spec ?? []) inventory.addSpecification(await loadSpecification(file));
  const learned = await learnSources(sources, inventory, {
    inspection: await policyOf(flags),
    reading: readingOf(flags),
  });
  if (flags.output !== undefined) await writeSpecification(inventory, flags.output);
  await print(inventory, flags, learned);
  return learned.unreadable > 0 ? exitCodes.failed : exitCodes.ok;
}

async function policyOf(flags: DiscoverFlags): Promise<LearnOptions["inspection"]> {
  if (!flags.inspection) return undefined;
  const { policy, gateway } = await loadConfiguration({
    needsUpstream: false,
    ...(flags.config === undefined ? { looksForFile: false } : { file: flags.config }),
  });
  return { policy, inspectionBytesMax: gateway.limits.bodyBytesInspectedMax };
}

async function writeSpecification(inventory: Inventory, file: string): Promise<void> {
  await writeFile(file, specificationText(inventory, file)).catch((cause: unknown) => {
    throw new MerlonError("ERR_USAGE", `cannot write ${file}`, {
      cause,
      fix: "Give `--output` a path that can be written.",
    });
  });
}

function specificationText(inventory: Inventory, file: string): string {
  if (/\.(?:graphql|graphqls|gql)$/.test(file)) return toGraphqlSchema(inventory.endpoints());
  return file.endsWith(".json")
    ? `${JSON.stringify(toOpenApi(inventory.endpoints()), null, 2)}\n`
    : toOpenApiYaml(inventory.endpoints());
}

async function print(
  inventory: Inventory,
  flags: DiscoverFlags,
  learned: LearnedSources,
): Promise<void> {
  const profiles = [...inventory.endpoints()];
  const surroundings = surroundingsOf(profiles);
  const assessed = profiles
    .map((profile) => ({ profile, risk: assessRisk(profile, surroundings) }))
    .sort(
      (left, right) =>
        right.risk.score - left.risk.score || right.profile.calls - left.profile.calls,
    );
  const output = createLineOutput(process.stdout);
  if (!flags.json) {
    for (const line of discoveryTable(assessed)) if (!(await output.write(line))) return;
    console.error(summaryOf(profiles.length, learned, inventory));
    return;
  }
  // One document, written piece by piece: an inventory may be larger than a string should be.
  await output.write('{"endpoints":[');
  for (const [at, { profile, risk }] of assessed.entries()) {
    const comma = at === assessed.length - 1 ? "" : ",";
    const line = `${JSON.stringify(discoveredEndpointOf(profile, risk))}${comma}`;
    if (!(await output.write(line))) return;
  }
  await output.write("]}");
}

function summaryOf(
  endpoints: number,
  { exchanges, unreadable }: LearnedSources,
  inventory: Inventory,
): string {
  const { ignored } = inventory.counts();
  const reasons = Object.entries(ignored).map(([reason, count]) => `${count} ${reason}`);
  const left = reasons.length === 0 ? "" : ` (not learned from: ${reasons.join(", ")})`;
  const problems = unreadable === 0 ? "" : `, ${unreadable} unreadable`;
  return `${endpoints} endpoints from ${exchanges} exchanges${problems}${left}`;
}
