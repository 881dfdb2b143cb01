import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A child process that says in a line of its output that it is ready. */
export interface RunningProcess {
  readonly child: ChildProcess;
  readonly firstLine: string;
  /** Every line so far. */
  readonly lines: readonly string[];
  /** Resolves with the first line, past or coming, that holds the text. */
  lineWith(text: string): Promise<string>;
  /** Ends it as a person would and resolves with its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/** Starts a script under this Node and resolves with its first line of output. */
export async function startProcess(args: readonly string[]): Promise<RunningProcess> {
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  const exited = new Promise<number | null>((resolve) =>
    child.once("exit", (code) => resolve(code)),
  );
  const lines: string[] = [];
  const waiting = new Set<(line: string) => void>();
  createInterface({ input: child.stdout }).on("line", (line) => {
    lines.push(line);
    for (const look of waiting) look(line);
  });

  const lineWith = (text: string): Promise<string> => {
    const past = lines.find((line) => line.includes(text));
    if (past !== undefined) return Promise.resolve(past);
    return new Promise((resolve, reject) => {
      const look = (line: string): void => {
        if (!line.includes(text)) return;
        waiting.delete(look);
        resolve(line);
      };
      waiting.add(look);
      void exited.then((code) => reject(new Error(`${args.join(" ")} ended with ${code}`)));
    });
  };

  return {
    child,
    lines,
    firstLine: await lineWith(""),
    lineWith,
    stop(signal = "SIGTERM") {
      child.kill(signal);
      return exited;
    },
  };
}
