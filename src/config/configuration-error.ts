import { MerlonError } from "../model/merlon-error.ts";

/** One thing that is wrong with the configuration, where it stands, and what to do about it. */
export interface ConfigurationProblem {
  /** The file, or the command line flag that brought the value. */
  readonly source: string;
  readonly line?: number;
  readonly column?: number;
  /** Where in the document: `protections.attack-detection.scoreMin`. */
  readonly path: string;
  readonly message: string;
  readonly fix?: string;
}

/** Everything that is wrong with the configuration at once. */
export class ConfigurationError extends MerlonError {
  readonly problems: readonly ConfigurationProblem[];

  constructor(problems: readonly ConfigurationProblem[]) {
    super("ERR_CONFIG_INVALID", problems.map(lineOf).join("\n"));
    this.name = "ConfigurationError";
    this.problems = problems;
  }
}

function lineOf({ source, line, column, path, message, fix }: ConfigurationProblem): string {
  const place = line === undefined ? source : `${source}:${line}:${column}`;
  const subject = path === "" ? "" : ` ${path}`;
  return `${place}${subject}: ${message}${fix === undefined ? "" : `\n    ${fix}`}`;
}
