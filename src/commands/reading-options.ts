import { type Command, Option } from "commander";
import { formats } from "../sources/files/formats.ts";
import type { ReadOptions } from "../sources/files/read-exchanges.ts";

export interface ReadingFlags {
  readonly format?: string;
  readonly host?: string;
}

/** Adds the options of every command that reads recorded traffic. */
export function addReadingOptions(command: Command): Command {
  const ids = formats.map(({ id }) => id);
  return command
    .addOption(
      new Option(
        "--format <format>",
        "how the traffic is written; told from its content otherwise",
      ).choices(ids),
    )
    .option(
      "--host <name>",
      "the host of traffic whose source does not tell it, as most access logs",
    );
}

export function readingOf({ format, host }: ReadingFlags): Pick<ReadOptions, "format" | "host"> {
  return {
    ...(format === undefined ? {} : { format }),
    ...(host === undefined ? {} : { host }),
  };
}
