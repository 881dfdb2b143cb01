import type { LogEntry } from "../app/log.ts";

/** Writes the log of a running installation: one JSON object a line, apart from the command's output. */
export function writeLog(entry: LogEntry): void {
  process.stderr.write(`${JSON.stringify({ time: new Date().toISOString(), ...entry })}\n`);
}
