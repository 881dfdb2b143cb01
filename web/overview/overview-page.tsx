import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { Overview } from "../../src/console/contract.ts";
import { useDecisions, useIncidents, useOverview } from "../api/queries.ts";
import { SeverityBadge } from "../widgets/badges.tsx";
import { DecisionTable } from "../widgets/decision-table.tsx";
import { count, timeAgo } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { Notice } from "../widgets/notice.tsx";
import { Figure, Panel } from "../widgets/panel.tsx";
import { RateChart } from "./rate-chart.tsx";
import { RiskLevels, TopRisks } from "./top-risks.tsx";

export function OverviewPage(): ReactElement {
  return (
    <>
      <h1 className="sr-only">Overview</h1>
      <Loaded query={useOverview()}>{(overview) => <OverviewContent overview={overview} />}</Loaded>
    </>
  );
}

function OverviewContent({ overview }: { readonly overview: Overview }): ReactElement {
  const undocumented =
    (overview.endpointsByLifecycle["undocumented"] ?? 0) +
    (overview.endpointsByLifecycle["zombie"] ?? 0);
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
        <Figure
          label="Requests a second"
          value={count(Math.round(overview.requestsPerSecond))}
          hint={`${count(overview.requestsTotal)} since ${timeAgo(overview.startedMs)}`}
        />
        <Figure
          label="Endpoints"
          value={count(overview.endpoints)}
          hint={`${count(undocumented)} undocumented or zombie`}
        />
        <Figure
          label={overview.mode === "enforce" ? "Blocked" : "Would have been blocked"}
          value={count(
            overview.mode === "enforce" ? overview.blockedTotal : overview.wouldBlockTotal,
          )}
          hint={`${count(overview.decisionsTotal)} decisions`}
          tone="text-bad"
        />
        <Figure
          label="Open incidents"
          value={count(overview.incidentsOpen)}
          hint="one attacker each"
        />
      </div>
      <Panel
        title="Traffic"
        aside={`${overview.listen} → ${overview.upstreams.join(", ")} · ${overview.workers} workers`}
      >
        <RateChart perSecond={overview.requestsPerSecondHistory} endMs={overview.timeMs} />
      </Panel>
      <div className="grid gap-4 lg:grid-cols-2">
        <Panel
          title="Riskiest endpoints"
          aside={<RiskLevels levels={overview.endpointsByRiskLevel} />}
          flush
        >
          <TopRisks endpoints={overview.topRisks} />
        </Panel>
        <Panel title="Incidents" aside={<Link to="/incidents">all</Link>}>
          <RecentIncidents />
        </Panel>
      </div>
      <Panel title="Latest decisions" aside={<Link to="/decisions">all</Link>} flush>
        <LatestDecisions />
      </Panel>
      <p className="text-mute">
        Learned from {count(overview.exchangesLearned)} exchanges; {count(overview.exchangesShed)}{" "}
        were only counted because learning was busy. Merlon {overview.version}.
      </p>
    </div>
  );
}

function RecentIncidents(): ReactElement {
  return (
    <Loaded query={useIncidents()}>
      {({ items }) =>
        items.length === 0 ? (
          <Notice title="No incident." detail="Attacks by one client appear here as one story." />
        ) : (
          <ul className="grid gap-3">
            {items.slice(0, 5).map((incident) => (
              <li key={incident.id} className="flex gap-3">
                <SeverityBadge severity={incident.severity} />
                <span className="min-w-0">
                  <Link to="/incidents/$id" params={{ id: incident.id }}>
                    {incident.summary}
                  </Link>
                  <span className="block text-mute">
                    {incident.client} · {timeAgo(incident.lastSeenMs)}
                  </span>
                </span>
              </li>
            ))}
          </ul>
        )
      }
    </Loaded>
  );
}

function LatestDecisions(): ReactElement {
  return (
    <Loaded query={useDecisions("limit=8")}>
      {({ items }) =>
        items.length === 0 ? (
          <div className="p-4">
            <Notice title="Nothing objected to so far." detail="Clean requests need no decision." />
          </div>
        ) : (
          <DecisionTable decisions={items} />
        )
      }
    </Loaded>
  );
}
