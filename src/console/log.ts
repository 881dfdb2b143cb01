/** What the console has to tell its operator; the caller writes it to the log. */
export type ConsoleLog = (entry: ConsoleLogEntry) => void;

export interface ConsoleLogEntry {
  readonly level: "info" | "warn" | "error";
  /** `signed-in`, `sign-in-refused`, `password-set`, `mode-set`, `exception-added`, … */
  readonly event: string;
  readonly details: Readonly<Record<string, string | number | undefined>>;
  readonly error?: unknown;
}
