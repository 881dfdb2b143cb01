import { readFileSync } from "node:fs";

/** Ticks a second in which Linux tells CPU times, whatever the kernel's own. */
const TICKS_PER_SECOND = 100;

/** CPU time that a process and its children have used so far, in microseconds. */
export function cpuTimeUs(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
  const pids = [pid, ...(children === "" ? [] : children.split(" ").map(Number))];
  return pids.reduce((sum, one) => sum + ownTimeUs(one), 0);
}

function ownTimeUs(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name in parentheses may hold spaces; user and system time are the 12th and 13th after it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1_000_000) / TICKS_PER_SECOND;
}
