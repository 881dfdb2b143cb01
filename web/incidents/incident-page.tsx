import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { Incident, IncidentStep } from "../../src/model/incident.ts";
import { useIncident } from "../api/queries.ts";
import { ActionBadge, Badge, SeverityBadge } from "../widgets/badges.tsx";
import { count, timeOf } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { Panel } from "../widgets/panel.tsx";

export function IncidentPage({ id }: { readonly id: string }): ReactElement {
  return (
    <Loaded query={useIncident(id)}>{(incident) => <IncidentContent incident={incident} />}</Loaded>
  );
}

function IncidentContent({ incident }: { readonly incident: Incident }): ReactElement {
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-start gap-3">
        <h1 className="mr-auto text-lg font-semibold">
          {incident.summary}
          <span className="block text-sm font-normal text-mute">
            {incident.client} · {timeOf(incident.firstSeenMs)} to {timeOf(incident.lastSeenMs)} ·{" "}
            {count(incident.requests)} requests, {count(incident.blocked)} blocked
          </span>
        </h1>
        <SeverityBadge severity={incident.severity} />
      </div>
      <Panel
        title="What happened"
        aside={
          <Link to="/decisions" search={{ client: incident.client }}>
            all decisions about this client
          </Link>
        }
      >
        <ol className="border-l-2 border-line">
          {incident.steps.map((step) => (
            <li key={`${step.timeMs} ${step.kind} ${step.what}`} className="relative pb-4 pl-5">
              <span
                aria-hidden="true"
                className={`absolute top-1.5 -left-[6px] size-2.5 rounded-full ${dots[step.kind]}`}
              />
              <Step step={step} />
            </li>
          ))}
        </ol>
      </Panel>
    </div>
  );
}

const dots: Readonly<Record<IncidentStep["kind"], string>> = {
  reconnaissance: "bg-mute",
  probe: "bg-warn",
  attack: "bg-bad",
  escalation: "bg-severe",
};

function Step({ step }: { readonly step: IncidentStep }): ReactElement {
  return (
    <>
      <p className="flex flex-wrap items-baseline gap-2">
        <span className="text-mute tabular-nums">{timeOf(step.timeMs).slice(11)}</span>
        <Badge>{step.kind}</Badge>
        <span className="font-mono text-[13px] break-all">{step.endpoint}</span>
        {step.decision !== undefined && <ActionBadge action={step.action} wouldBe="block" />}
      </p>
      <p className="break-words">
        {step.what}
        {step.count > 1 && ` (${count(step.count)} times)`}
        {step.decision !== undefined && (
          <>
            {" "}
            <Link to="/decisions/$id" params={{ id: step.decision }}>
              why
            </Link>
          </>
        )}
      </p>
    </>
  );
}
