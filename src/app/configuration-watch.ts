import { unwatchFile, watchFile } from "node:fs";
import type { Configuration } from "../config/configuration.ts";
import { type Log, messageOf } from "./log.ts";

export interface ConfigurationWatch {
  stop(): void;
}

export interface ConfigurationWatchOptions {
  /** The file to look at; without one only SIGHUP reloads. */
  readonly file?: string;
  readonly reload: () => Promise<Configuration>;
  readonly apply: (configuration: Configuration) => Promise<void>;
  readonly log: Log;
}

/** Editors replace files rather than write them; looking at the path survives that, a handle does not. */
const lookEveryMs = 1_000;

/** Reloads on SIGHUP and when the file changes. A broken file leaves the old configuration running. */
export function watchConfiguration(options: ConfigurationWatchOptions): ConfigurationWatch {
  const { file, log } = options;
  let last: Promise<void> = Promise.resolve();
  const reload = (): void => {
    last = last.then(async () => {
      try {
        await options.apply(await options.reload());
        log({
          level: "info",
          event: "configuration-reloaded",
          message: "the new configuration runs",
        });
      } catch (error) {
        log({
          level: "error",
          event: "configuration-refused",
          message: `the old configuration goes on: ${messageOf(error)}`,
        });
      }
    });
  };

  process.on("SIGHUP", reload);
  if (file !== undefined) {
    watchFile(file, { interval: lookEveryMs, persistent: false }, (now, before) => {
      if (now.mtimeMs !== before.mtimeMs) reload();
    });
  }
  return {
    stop() {
      process.off("SIGHUP", reload);
      if (file !== undefined) unwatchFile(file, reload);
    },
  };
}
