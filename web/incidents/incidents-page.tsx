import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useIncidents } from "../api/queries.ts";
import { DetectorBadge, SeverityBadge } from "../widgets/badges.tsx";
import { count, timeAgo } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { Notice } from "../widgets/notice.tsx";

export function IncidentsPage(): ReactElement {
  return (
    <div className="grid gap-4">
      <h1 className="text-lg font-semibold">Incidents</h1>
      <Loaded query={useIncidents()}>
        {({ items }) =>
          items.length === 0 ? (
            <Notice title="No incident." detail="Attacks by one client appear here as one story." />
          ) : (
            <ul className="grid gap-3">
              {items.map((incident) => (
                <li key={incident.id} className="rounded-lg border border-line bg-panel p-4">
                  <p className="flex flex-wrap items-baseline gap-2">
                    <SeverityBadge severity={incident.severity} />
                    <Link
                      to="/incidents/$id"
                      params={{ id: incident.id }}
                      className="text-base font-medium"
                    >
                      {incident.summary}
                    </Link>
                  </p>
                  <p className="mt-1 flex flex-wrap items-baseline gap-x-3 gap-y-1 text-mute">
                    <span className="font-mono">{incident.client}</span>
                    <span>
                      {count(incident.requests)} requests, {count(incident.blocked)} blocked
                    </span>
                    <span>last {timeAgo(incident.lastSeenMs)}</span>
                    {Object.keys(incident.detectors).map((detector) => (
                      <DetectorBadge key={detector} detector={detector} />
                    ))}
                  </p>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </div>
  );
}
