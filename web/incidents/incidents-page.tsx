import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { Incident } from "../../src/model/incident.ts";
import { useIncidents } from "../api/queries.ts";
import { DetectorBadge, SeverityBadge } from "../widgets/badges.tsx";
import { count, timeAgo } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { Notice } from "../widgets/notice.tsx";
import { PageTitle } from "../widgets/page-title.tsx";
import { Panel } from "../widgets/panel.tsx";

/** Who attacked, each with one story. */
export function IncidentsPage(): ReactElement {
  return (
    <div className="grid gap-4">
      <PageTitle title="Incidents" hint="What single attackers did, from the first probe on" />
      <Panel title="Active last comes first" flush>
        <Loaded query={useIncidents()}>
          {({ items }) =>
            items.length === 0 ? (
              <Notice
                title="No incident."
                detail="Attacks by one client appear here as one story."
              />
            ) : (
              <ul>
                {items.map((incident) => (
                  <IncidentItem key={incident.id} incident={incident} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Panel>
    </div>
  );
}

function IncidentItem({ incident }: { readonly incident: Incident }): ReactElement {
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-1 border-t border-line px-4 py-3 hover:bg-sunken">
      <span className="w-16 shrink-0">
        <SeverityBadge severity={incident.severity} />
      </span>
      <div className="min-w-60 flex-1">
        <Link
          to="/incidents/$id"
          params={{ id: incident.id }}
          className="line-clamp-3 font-medium break-words text-ink"
        >
          {incident.summary}
        </Link>
        <p className="mt-1 flex flex-wrap items-center gap-1">
          {Object.keys(incident.detectors).map((detector) => (
            <DetectorBadge key={detector} detector={detector} />
          ))}
        </p>
      </div>
      <p className="text-xs text-mute sm:text-right">
        <span className="font-mono">{incident.client}</span> · {timeAgo(incident.lastSeenMs)}
        <span className="block tabular-nums">
          {count(incident.requests)} requests, {count(incident.blocked)} blocked
        </span>
      </p>
    </li>
  );
}
