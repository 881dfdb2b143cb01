import type { ReactElement } from "react";
import type { Distribution, Endpoint } from "../../src/model/endpoint.ts";
import { Facts } from "../widgets/facts.tsx";
import { count, timeOf, words } from "../widgets/format.ts";

/** What was counted at an endpoint. */
export function Observed({ endpoint }: { readonly endpoint: Endpoint }): ReactElement {
  if (endpoint.calls === 0) {
    return <p className="text-mute">Documented, and never called so far.</p>;
  }
  return (
    <div className="grid gap-3">
      <Statuses statuses={endpoint.statuses} />
      <Facts
        facts={[
          ["Request bodies", tally(endpoint.requestMediaTypes)],
          ["Response bodies", tally(endpoint.responseMediaTypes)],
          ["Exposure", words(endpoint.exposure)],
          ...distribution("Request size", endpoint.requestBytes, "bytes"),
          ...distribution("Response size", endpoint.responseBytes, "bytes"),
          ...distribution("Answered in", endpoint.latencyMs, "ms"),
          ["First seen", timeOf(endpoint.firstSeenMs)],
          ["Last seen", timeOf(endpoint.lastSeenMs)],
          ...Object.entries(endpoint.observations).map(
            ([name, times]) => [words(name), `${count(times)} times`] as const,
          ),
        ]}
      />
    </div>
  );
}

/** Statuses by how often they came, each with a bar; errors of the API itself stand out. */
function Statuses(props: { readonly statuses: Readonly<Record<string, number>> }): ReactElement {
  const entries = Object.entries(props.statuses).sort(([, a], [, b]) => b - a);
  const most = Math.max(1, ...entries.map(([, times]) => times));
  return (
    <ul className="grid gap-1">
      {entries.map(([status, times]) => (
        <li
          key={status}
          className="grid grid-cols-[2.5rem_minmax(0,1fr)_4.5rem] items-center gap-2"
        >
          <span className="font-mono text-xs">{status}</span>
          <span aria-hidden="true" className="h-1.5 overflow-hidden rounded-full bg-sunken">
            <span
              className={`block h-full rounded-full ${colorOf(status)}`}
              style={{ width: `${(100 * times) / most}%` }}
            />
          </span>
          <span className="text-right text-xs text-mute tabular-nums">{count(times)}</span>
        </li>
      ))}
    </ul>
  );
}

function colorOf(status: string): string {
  if (status.startsWith("5")) return "bg-bad";
  return status.startsWith("4") ? "bg-warn" : "bg-good";
}

function distribution(
  name: string,
  figures: Distribution | undefined,
  unit: string,
): readonly (readonly [string, string])[] {
  if (figures === undefined) return [];
  const { p50, p95, p99, max } = figures;
  return [[name, `half within ${p50}, 95 % ${p95}, 99 % ${p99}, longest ${max} ${unit}`]];
}

function tally(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (entries.length === 0) return "none";
  return entries.map(([name, times]) => `${name} × ${count(times)}`).join(", ");
}
