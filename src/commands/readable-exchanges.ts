import { printable } from "../protection/printable.ts";
import { type ReadOptions, readExchanges } from "../sources/files/read-exchanges.ts";
import type { ReadExchange, ReadNote, ReadProblem, ReadRaw } from "../sources/files/read-result.ts";

interface Telling {
  /** Called with a line for a person, and whether it is about something that could not be read. */
  readonly tell: (line: string, isProblem: boolean) => void;
  /** Name of the source in these lines, where there may be several. */
  readonly source?: string;
}

/** The exchanges of a source; what is none is told on the side. */
export async function* readableExchanges(
  file: string,
  options: ReadOptions,
  { tell, source }: Telling,
): AsyncGenerator<ReadExchange | ReadRaw> {
  for await (const read of readExchanges(file, options)) {
    if ("problem" in read || "note" in read) tell(toldOf(read, source), "problem" in read);
    else yield read;
  }
}

/** What could not be read and where, or a note about a source as a whole, as one line for a person. */
function toldOf(read: ReadProblem | ReadNote, source?: string): string {
  const name = source === undefined ? "" : printable(source);
  if ("note" in read) return `${name === "" ? "note" : name}: ${printable(read.note)}`;
  const { line, unit, problem } = read;
  const place = name !== "" && unit === undefined ? `${line}` : `${unit ?? "line"} ${line}`;
  return `${name === "" ? "" : `${name}:`}${place}: ${printable(problem)}`;
}
