import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { Finding, FindingEvent } from "../../src/risk/finding.ts";
import { Badge } from "../widgets/badges.tsx";
import { Facts } from "../widgets/facts.tsx";
import { count, percent, timeOf, words } from "../widgets/format.ts";

/** All of one finding: what was seen, what to do, and what became of it. */
export function FindingDetail({ finding }: { readonly finding: Finding }): ReactElement {
  const { evidence, remedy, references, confidence, factor, part, id, acceptance } = finding;
  return (
    <div className="grid gap-3 py-1 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <Facts
        facts={[
          ["Evidence", evidence],
          ["Remedy", remedy],
          ["Sure", `${percent(confidence)}, on ${count(finding.seen)} observations`],
          [
            "References",
            <span key="references" className="flex flex-wrap gap-1">
              {references.map((reference) => (
                <Badge key={reference}>{reference}</Badge>
              ))}
            </span>,
          ],
          ...(acceptance === undefined
            ? []
            : [["Accepted", `${acceptance.reason} (${acceptance.by})`] as const]),
          ["Factor", part === undefined ? words(factor) : `${words(factor)}: ${part}`],
          ["Identity", id],
          [
            "Endpoint",
            <Link key="endpoint" to="/endpoints/$id" params={{ id: finding.endpointId }}>
              Open its page
            </Link>,
          ],
        ]}
      />
      <History events={finding.history} />
    </div>
  );
}

function History({ events }: { readonly events: readonly FindingEvent[] }): ReactElement {
  return (
    <ol className="grid content-start gap-1" aria-label="History, newest first">
      {events.toReversed().map((event) => (
        <li key={`${event.timeMs} ${event.what}`} className="break-words">
          <span className="text-mute tabular-nums">{timeOf(event.timeMs)}</span> {words(event.what)}
          {event.by !== undefined && ` by ${event.by}`}
          {event.note !== undefined && `: ${event.note}`}
        </li>
      ))}
    </ol>
  );
}
