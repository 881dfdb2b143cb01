import type { Command } from "commander";
import { createInventory } from "../discovery/inventory.ts";
import { MerlonError } from "../model/merlon-error.ts";
import { printable } from "../protection/printable.ts";
import { comparableSpecification } from "../specifications/comparable-specification.ts";
import { type DriftItem, driftBetween } from "../specifications/drift.ts";
import { loadSpecification } from "../specifications/load-specification.ts";
import { trafficDrift } from "../specifications/traffic-drift.ts";
import { colours } from "./colours.ts";
import { exitCodes } from "./exit-codes.ts";
import { learnSources } from "./learn-sources.ts";
import { createLineOutput } from "./line-output.ts";
import { addReadingOptions, type ReadingFlags, readingOf } from "./reading-options.ts";
import { keepHeapSmall } from "./small-heap.ts";

interface DriftFlags extends ReadingFlags {
  readonly json?: boolean;
  readonly traffic?: readonly string[];
}

const examples = `
Examples:
  merlon drift openapi-1.yaml openapi-2.yaml
  merlon drift openapi.yaml --traffic monday.har tuesday.jsonl.gz
  merlon drift schema.graphql --traffic traffic.jsonl --json

Exit codes: 0 nothing breaking, 1 breaking differences, 2 wrong usage or specification, 3 a part could not be read.
`;

/** `merlon drift`: what changed between two specifications, or between one and what is really called. */
export function register(program: Command): void {
  addReadingOptions(program.command("drift <before> [after]"))
    .description("compare two specifications, or a specification with traffic")
    .option("--traffic <source...>", "compare with what this recorded traffic does")
    .addHelpText("after", examples)
    .action(async (before: string, after: string | undefined, _options, command: Command) => {
      const flags = command.optsWithGlobals<DriftFlags>();
      process.exitCode = await drift(before, after, flags);
    });
}

async function drift(
  before: string,
  after: string | undefined,
  flags: DriftFlags,
): Promise<number> {
  const { traffic } = flags;
  if ((after === undefined) === (traffic === undefined)) {
    throw new MerlonError("ERR_USAGE", "nothing to compare with", {
      fix: "Give a second specification, or recorded traffic with `--traffic`.",
    });
  }
  const specification = await loadSpecification(before);
  if (after !== undefined) {
    const next = await loadSpecification(after);
    const items = driftBetween(
      comparableSpecification(specification),
      comparableSpecification(next),
    );
    await print(items, flags);
    return exitCodeOf(items);
  }
  keepHeapSmall();
  const inventory = createInventory();
  inventory.addSpecification(specification);
  const { unreadable } = await learnSources(traffic ?? [], inventory, {
    inspection: undefined,
    reading: readingOf(flags),
  });
  const items = trafficDrift(specification, inventory.endpoints());
  await print(items, flags);
  return unreadable > 0 ? exitCodes.failed : exitCodeOf(items);
}

function exitCodeOf(items: readonly DriftItem[]): number {
  return items.some(({ isBreaking }) => isBreaking) ? exitCodes.found : exitCodes.ok;
}

async function print(items: readonly DriftItem[], { json }: DriftFlags): Promise<void> {
  const output = createLineOutput(process.stdout);
  const sorted = items.toSorted(
    (left, right) => Number(right.isBreaking) - Number(left.isBreaking),
  );
  for (const item of sorted) {
    if (!(await output.write(json ? JSON.stringify(item) : lineOf(item)))) return;
  }
  const breaking = items.filter(({ isBreaking }) => isBreaking).length;
  if (!json) console.error(`${items.length} differences, ${breaking} of them breaking`);
}

function lineOf({ operation, place, isBreaking, explanation }: DriftItem): string {
  const mark = isBreaking ? colours.red("breaking") : colours.dim("harmless");
  const where = place === "" ? operation : `${operation}, ${place}`;
  return `${mark}  ${printable(where)}: ${printable(explanation)}`;
}
