import type { Command } from "commander";
import { register as config } from "./config.ts";
import { register as inspect } from "./inspect.ts";

/** Every command, in the order in which help lists them. */
export const commands: readonly ((program: Command) => void)[] = [inspect, config];
