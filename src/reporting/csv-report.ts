import type { Finding } from "../risk/finding.ts";

const columns: readonly (readonly [name: string, value: (finding: Finding) => string | number])[] =
  [
    ["id", ({ id }) => id],
    ["severity", ({ severity }) => severity],
    ["points", ({ points }) => points],
    ["endpoint", ({ endpoint }) => endpoint],
    ["endpoint score", ({ endpointScore }) => endpointScore],
    ["factor", ({ factor }) => factor],
    ["part", ({ part = "" }) => part],
    ["title", ({ title }) => title],
    ["evidence", ({ evidence }) => evidence],
    ["remedy", ({ remedy }) => remedy],
    ["references", ({ references }) => references.join(" ")],
    ["confidence", ({ confidence }) => confidence],
    ["state", ({ state }) => state],
    ["reason", ({ acceptance }) => acceptance?.reason ?? ""],
    ["accepted until", ({ acceptance }) => dayOf(acceptance?.untilMs)],
    ["owner", ({ owner = "" }) => owner],
    ["due", ({ dueMs }) => dayOf(dueMs)],
    ["first seen", ({ firstSeenMs }) => new Date(firstSeenMs).toISOString()],
    ["last seen", ({ lastSeenMs }) => new Date(lastSeenMs).toISOString()],
    ["reopened", ({ reopened }) => reopened],
  ];

/** Findings as CSV (RFC 4180), one a line, for spreadsheets. */
export function csvOf(findings: readonly Finding[]): string {
  const lines = findings.map((finding) => columns.map(([, value]) => cellOf(value(finding))));
  return [columns.map(([name]) => name), ...lines]
    .map((cells) => `${cells.join(",")}\r\n`)
    .join("");
}

function cellOf(value: string | number): string {
  if (typeof value === "number") return String(value);
  // Paths and evidence come from clients: a spreadsheet must not take them for formulas.
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function dayOf(timeMs: number | undefined): string {
  return timeMs === undefined ? "" : new Date(timeMs).toISOString().slice(0, 10);
}
