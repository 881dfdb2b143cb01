import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { DecisionDetail, DecisionView } from "../../src/console/contract.ts";
import { useDecision } from "../api/queries.ts";
import { ActionBadge } from "../widgets/badges.tsx";
import { BreakableKey, EndpointName } from "../widgets/endpoint-name.tsx";
import { Facts } from "../widgets/facts.tsx";
import { timeAgo, timeOf } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { PageTitle } from "../widgets/page-title.tsx";
import { Panel } from "../widgets/panel.tsx";
import { RecordedExchangeView } from "../widgets/recorded-exchange-view.tsx";
import { AllowThis } from "./allow-this.tsx";
import { DetectionExplanation } from "./detection-explanation.tsx";
import { Verdicts } from "./verdicts.tsx";

/** Why a request was stopped, or would have been, and the way out. */
export function DecisionPage({ id }: { readonly id: string }): ReactElement {
  return <Loaded query={useDecision(id)}>{(detail) => <DecisionContent detail={detail} />}</Loaded>;
}

function DecisionContent({ detail }: { readonly detail: DecisionDetail }): ReactElement {
  const { decision, exchange, suggestedExceptions } = detail;
  return (
    <div className="grid gap-4">
      <PageTitle
        title="Decision"
        heading={<EndpointName method={decision.method} path={decision.path} />}
        hint={
          <>
            {decision.host} · {timeAgo(decision.timeMs)} · <code>{decision.id}</code>
          </>
        }
      >
        <ActionBadge action={decision.action} wouldBe={decision.wouldBe} />
      </PageTitle>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 gap-4">
          <p className="text-[15px]">{outcomeOf(decision)}</p>
          {decision.detections.map((detection) => (
            <DetectionExplanation
              key={`${detection.detector} ${detection.location} ${detection.name} ${detection.part} ${detection.span.start}`}
              detection={detection}
            />
          ))}
          {exchange !== undefined && (
            <Panel title="The exchange" aside="redacted before it was written">
              <RecordedExchangeView exchange={exchange} />
            </Panel>
          )}
        </div>
        <div className="grid min-w-0 gap-4">
          {suggestedExceptions.length > 0 && (
            <AllowThis exceptions={suggestedExceptions} wouldBlock={decision.wouldBe === "block"} />
          )}
          <Panel title="Verdicts">
            <Verdicts verdicts={decision.verdicts} />
          </Panel>
          <Panel title="Circumstances">
            <Circumstances detail={detail} />
          </Panel>
        </div>
      </div>
    </div>
  );
}

function Circumstances({ detail }: { readonly detail: DecisionDetail }): ReactElement {
  const { decision, incident } = detail;
  const { endpoint, exceptions } = decision;
  return (
    <Facts
      facts={[
        ["When", timeOf(decision.timeMs)],
        [
          "Client",
          <Link key="client" to="/decisions" search={{ client: decision.client }}>
            {decision.client}
          </Link>,
        ],
        [
          "Endpoint",
          endpoint === undefined ? (
            "none in the inventory"
          ) : (
            <Link key="endpoint" to="/endpoints/$id" params={{ id: endpoint.id }}>
              <BreakableKey text={endpoint.key} />
            </Link>
          ),
        ],
        [
          "Incident",
          incident === undefined ? (
            "none"
          ) : (
            <Link key="incident" to="/incidents/$id" params={{ id: incident.id }}>
              {incident.summary}
            </Link>
          ),
        ],
        ["Score", String(decision.score)],
        ["Exceptions used", exceptions.length === 0 ? "none" : exceptions.join(", ")],
      ]}
    />
  );
}

/** What happened to the request, in one sentence. */
function outcomeOf({ action, wouldBe, status, verdicts }: DecisionView): string {
  if (action === "block") return `The client was refused with status ${status ?? 403}.`;
  if (wouldBe === "block") {
    const observing = verdicts.some((verdict) => verdict.action === "block");
    return `The request reached the API${observing ? ", as the protection only observes" : ""}. Enforced, it would have been refused with status ${status ?? 403}.`;
  }
  return "The request reached the API: what was seen did not suffice for a refusal.";
}
