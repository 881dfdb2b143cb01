/** One thing the operator should know, one JSON object a line on standard error. */
export interface LogEntry {
  readonly level: "info" | "warn" | "error";
  /** Permanent kebab-case name: `worker`, `configuration-reloaded`, `store-failed`. */
  readonly event: string;
  readonly message: string;
}

export type Log = (entry: LogEntry) => void;

/** What an error says to the operator; errors of Merlon's own carry no bodies and no secrets. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
