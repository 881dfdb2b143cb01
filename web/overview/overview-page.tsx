import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { Overview } from "../../src/console/contract.ts";
import { useDecisions, useIncidents, useOverview } from "../api/queries.ts";
import { SeverityBadge } from "../widgets/badges.tsx";
import { DecisionTable } from "../widgets/decision-table.tsx";
import { Figure, Figures } from "../widgets/figure.tsx";
import { count, duration, timeAgo } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { Notice } from "../widgets/notice.tsx";
import { PageTitle } from "../widgets/page-title.tsx";
import { Panel } from "../widgets/panel.tsx";
import { RiskLevels } from "./risk-levels.tsx";
import { TopRisks } from "./top-risks.tsx";
import { DecisionRate, RequestRate } from "./traffic-charts.tsx";

/** How the installation is doing, on one screen. */
export function OverviewPage(): ReactElement {
  return (
    <Loaded query={useOverview()}>{(overview) => <OverviewContent overview={overview} />}</Loaded>
  );
}

function OverviewContent({ overview }: { readonly overview: Overview }): ReactElement {
  return (
    <div className="grid gap-4">
      <PageTitle title="Overview" />
      <KeyFigures overview={overview} />
      <div className="grid gap-4 lg:grid-cols-2">
        <RequestRate overview={overview} />
        <DecisionRate overview={overview} />
      </div>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Panel title="Riskiest endpoints" aside={<Link to="/endpoints">All endpoints</Link>} flush>
          <RiskLevels levels={overview.endpointsByRiskLevel} />
          <TopRisks endpoints={overview.topRisks} />
        </Panel>
        <Panel title="Latest incidents" aside={<Link to="/incidents">All incidents</Link>} flush>
          <LatestIncidents />
        </Panel>
      </div>
      <Panel title="Latest objections" aside={<Link to="/decisions">All decisions</Link>} flush>
        <LatestDecisions />
      </Panel>
      <p className="text-xs text-mute">
        Learned from {count(overview.exchangesLearned)} exchanges; {count(overview.exchangesShed)}{" "}
        were only counted because learning was busy. Merlon {overview.version}.
      </p>
    </div>
  );
}

function KeyFigures({ overview }: { readonly overview: Overview }): ReactElement {
  const { undocumented = 0, zombie = 0 } = overview.endpointsByLifecycle;
  const isEnforcing = overview.mode === "enforce";
  const stopped = isEnforcing ? overview.blockedTotal : overview.wouldBlockTotal;
  return (
    <Figures>
      <Figure
        label="Requests a second"
        value={count(Math.round(overview.requestsPerSecond))}
        hint={`${count(overview.requestsTotal)} in ${duration(overview.timeMs - overview.startedMs)}`}
      />
      <Figure
        label={isEnforcing ? "Blocked" : "Would have been blocked"}
        value={count(stopped)}
        hint={`of ${count(overview.decisionsTotal)} decisions`}
        {...(stopped > 0 && { tone: "text-bad" })}
      />
      <Figure
        label="Endpoints"
        value={count(overview.endpoints)}
        hint={`${count(undocumented)} undocumented, ${count(zombie)} zombie`}
      />
      <Figure
        label="Open incidents"
        value={count(overview.incidentsOpen)}
        hint={overview.incidentsOpen === 0 ? "nobody is attacking" : "one attacker each"}
        {...(overview.incidentsOpen > 0 && { tone: "text-bad" })}
      />
    </Figures>
  );
}

function LatestIncidents(): ReactElement {
  return (
    <Loaded query={useIncidents()}>
      {({ items }) =>
        items.length === 0 ? (
          <Notice title="No incident." detail="Attacks by one client appear here as one story." />
        ) : (
          <ul>
            {items.slice(0, 6).map((incident) => (
              <li
                key={incident.id}
                className="flex items-start gap-3 border-t border-line px-4 py-2.5 hover:bg-sunken"
              >
                <span className="w-16 shrink-0">
                  <SeverityBadge severity={incident.severity} />
                </span>
                <span className="min-w-0 flex-1 break-words">
                  <Link
                    to="/incidents/$id"
                    params={{ id: incident.id }}
                    className="line-clamp-3 text-ink"
                  >
                    {incident.summary}
                  </Link>
                  <span className="block text-xs text-mute">
                    {count(incident.requests)} requests, {count(incident.blocked)} blocked ·{" "}
                    {timeAgo(incident.lastSeenMs)}
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
    <Loaded query={useDecisions("wouldBe=block&limit=8")}>
      {({ items }) =>
        items.length === 0 ? (
          <Notice
            title="Nothing objected to so far."
            detail="Requests that are blocked, or would be, appear here."
          />
        ) : (
          <DecisionTable decisions={items} />
        )
      }
    </Loaded>
  );
}
