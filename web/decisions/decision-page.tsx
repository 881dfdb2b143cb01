import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { DecisionDetail, DecisionView } from "../../src/console/contract.ts";
import { useDecision } from "../api/queries.ts";
import { ActionBadge, Badge } from "../widgets/badges.tsx";
import { EndpointName } from "../widgets/endpoint-name.tsx";
import { Facts } from "../widgets/facts.tsx";
import { timeOf, words } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { Panel } from "../widgets/panel.tsx";
import { AllowThis } from "./allow-this.tsx";
import { DetectionExplanation } from "./detection-explanation.tsx";
import { RecordedExchangeView } from "./recorded-exchange-view.tsx";

export function DecisionPage({ id }: { readonly id: string }): ReactElement {
  return <Loaded query={useDecision(id)}>{(detail) => <DecisionContent detail={detail} />}</Loaded>;
}

function DecisionContent({ detail }: { readonly detail: DecisionDetail }): ReactElement {
  const { decision, exchange, incident, suggestedExceptions } = detail;
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-lg">
          <EndpointName method={decision.method} path={decision.path} />
          <span className="block font-mono text-xs text-mute">{decision.id}</span>
        </h1>
        <ActionBadge action={decision.action} wouldBe={decision.wouldBe} />
      </div>
      {decision.detections.map((detection) => (
        <DetectionExplanation
          key={`${detection.detector} ${detection.location} ${detection.name} ${detection.span.start}`}
          detection={detection}
        />
      ))}
      {suggestedExceptions.length > 0 && <AllowThis exceptions={suggestedExceptions} />}
      <div className="grid gap-4 lg:grid-cols-2">
        <Panel title="Verdicts">
          <Verdicts decision={decision} />
        </Panel>
        <Panel title="Circumstances">
          <Facts
            facts={[
              ["When", timeOf(decision.timeMs)],
              [
                "Client",
                <Link key="client" to="/decisions" search={{ client: decision.client }}>
                  {decision.client}
                </Link>,
              ],
              ["Endpoint", endpointLink(decision)],
              [
                "Incident",
                incident === undefined ? (
                  "–"
                ) : (
                  <Link key="incident" to="/incidents/$id" params={{ id: incident.id }}>
                    {incident.summary}
                  </Link>
                ),
              ],
              ["Score", String(decision.score)],
              [
                "Exceptions used",
                decision.exceptions.length === 0 ? "none" : decision.exceptions.join(", "),
              ],
            ]}
          />
        </Panel>
      </div>
      {exchange !== undefined && <RecordedExchangeView exchange={exchange} />}
    </div>
  );
}

function endpointLink({ endpoint }: DecisionView): ReactElement | string {
  if (endpoint === undefined) return "none in the inventory";
  return (
    <Link to="/endpoints/$id" params={{ id: endpoint.id }}>
      {endpoint.key}
    </Link>
  );
}

function Verdicts({ decision }: { readonly decision: DecisionView }): ReactElement {
  return (
    <ul className="grid gap-2">
      {decision.verdicts.map((verdict) => (
        <li key={`${verdict.protection} ${verdict.phase}`}>
          <span className="font-medium">{words(verdict.protection)}</span>{" "}
          <Badge tone={verdict.action === "block" ? "bad" : "mute"}>
            wants to {verdict.action}
          </Badge>{" "}
          <span className="text-mute">
            in mode {verdict.mode}, at {words(verdict.phase).toLowerCase()}
          </span>
          {verdict.reason !== undefined && (
            <span className="block break-words">{verdict.reason}</span>
          )}
        </li>
      ))}
    </ul>
  );
}
