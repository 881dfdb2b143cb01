import type { EndpointProfile, Risk } from "../model/endpoint.ts";
import { printable } from "../protection/printable.ts";
import { colours } from "./colours.ts";

interface Row {
  readonly profile: EndpointProfile;
  readonly risk: Risk;
}

const headings = [
  "RISK",
  "METHOD",
  "ENDPOINT",
  "CALLS",
  "AUTHENTICATION",
  "LIFECYCLE",
  "SENSITIVE DATA",
];
const rightAligned: ReadonlySet<number> = new Set([0, 3]);

/** The inventory as lines of a table, riskiest first as given. */
export function discoveryTable(rows: readonly Row[]): readonly string[] {
  const cells = rows.map(cellsOf);
  const widths = headings.map((heading, at) =>
    Math.min(80, Math.max(heading.length, ...cells.map((row) => row[at]?.length ?? 0))),
  );
  const lines = cells.map((row, at) => paint(padded(row, widths), rows[at]?.risk.level));
  return [colours.bold(padded(headings, widths)), ...lines];
}

function cellsOf({ profile, risk }: Row): readonly string[] {
  const { method, host, path, operation, calls, authentication, lifecycle, sensitiveData } =
    profile;
  const classes = [...new Set(sensitiveData.map((data) => data.class))];
  return [
    String(risk.score),
    method,
    printable(`${host}${path}${operation === undefined ? "" : ` ${operation}`}`),
    String(calls),
    authenticationOf(authentication),
    lifecycle,
    classes.join(", "),
  ];
}

function authenticationOf({ required, kinds }: EndpointProfile["authentication"]): string {
  const named = kinds.join(", ");
  if (required === undefined) return named === "" ? "unknown" : `${named}, unproven`;
  if (required) return named === "" ? "required" : named;
  return named === "" ? "none" : `optional ${named}`;
}

function padded(cells: readonly string[], widths: readonly number[]): string {
  return cells
    .map((cell, at) => {
      const width = widths[at] ?? 0;
      return rightAligned.has(at) ? cell.padStart(width) : cell.padEnd(width);
    })
    .join("  ")
    .trimEnd();
}

function paint(line: string, level: Risk["level"] | undefined): string {
  if (level === "critical" || level === "high") return colours.red(line);
  return level === "medium" ? colours.yellow(line) : line;
}
