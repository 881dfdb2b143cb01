import type { Command } from "commander";
import { register as config } from "./config.ts";
import { register as demo } from "./demo.ts";
import { register as discover } from "./discover.ts";
import { register as drift } from "./drift.ts";
import { register as guard } from "./guard.ts";
import { register as inspect } from "./inspect.ts";
import { register as keys } from "./keys.ts";
import { register as report } from "./report.ts";

/** Every command, in the order in which help lists them. */
export const commands: readonly ((program: Command) => void)[] = [
  guard,
  demo,
  inspect,
  discover,
  report,
  drift,
  config,
  keys,
];
