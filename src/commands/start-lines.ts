import type { RunningMerlon } from "../app/merlon.ts";
import { colours } from "./colours.ts";

/** What to tell a person once Merlon runs: where to send traffic, where to look, what is blocked. */
export function startLinesOf(merlon: RunningMerlon): readonly string[] {
  const lines = [
    `Gateway   ${colours.bold(merlon.gateway.origin)}  →  ${merlon.upstreams.join(", ")}`,
    `Mode      ${merlon.mode() === "enforce" ? "enforcing: attacks are blocked" : `${merlon.mode()}: nothing is blocked`}`,
    `Data      ${merlon.directory}`,
  ];
  if (merlon.console === undefined) return lines;

  const { origin, oneTimePassword } = merlon.console;
  lines.splice(1, 0, `Console   ${colours.bold(origin)}`);
  if (oneTimePassword !== undefined) {
    lines.splice(
      2,
      0,
      `Sign in   admin / ${colours.bold(oneTimePassword)}  (works once; you then set your own)`,
    );
  }
  return lines;
}
