import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { Incident, IncidentStep } from "../../src/model/incident.ts";
import { useIncident } from "../api/queries.ts";
import { ActionBadge, Badge, SeverityBadge } from "../widgets/badges.tsx";
import { BreakableKey } from "../widgets/endpoint-name.tsx";
import { Figure, Figures } from "../widgets/figure.tsx";
import { count, duration, timeAgo, timeOf, words } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { PageTitle } from "../widgets/page-title.tsx";
import { Panel } from "../widgets/panel.tsx";

/** One attacker's way through the API, step by step. */
export function IncidentPage({ id }: { readonly id: string }): ReactElement {
  return (
    <Loaded query={useIncident(id)}>{(incident) => <IncidentContent incident={incident} />}</Loaded>
  );
}

function IncidentContent({ incident }: { readonly incident: Incident }): ReactElement {
  const { client, requests, blocked, firstSeenMs, lastSeenMs, detectors, steps } = incident;
  return (
    <div className="grid gap-4">
      <PageTitle title={`Incident: ${client}`} hint="Everything this client did, as one story">
        <SeverityBadge severity={incident.severity} />
      </PageTitle>
      <p className="max-w-4xl text-[15px] leading-6 break-words">{incident.summary}</p>
      <Figures>
        <Figure label="Requests" value={count(requests)} hint={`since ${timeOf(firstSeenMs)}`} />
        <Figure
          label="Blocked"
          value={count(blocked)}
          hint={blocked === 0 ? "everything reached the API" : `of ${count(requests)}`}
        />
        <Figure
          label="Lasted"
          value={duration(lastSeenMs - firstSeenMs)}
          hint={`last active ${timeAgo(lastSeenMs)}`}
        />
        <Figure
          label="Ways tried"
          value={count(Object.keys(detectors).length)}
          hint={Object.keys(detectors).map(words).join(", ")}
        />
      </Figures>
      <Panel
        title="What happened"
        aside={
          <Link to="/decisions" search={{ client }}>
            All decisions about this client
          </Link>
        }
      >
        <ol>
          {steps.map((step, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other identity than their order
            <Step key={at} step={step} isLast={at === steps.length - 1} />
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

function Step(props: { readonly step: IncidentStep; readonly isLast: boolean }): ReactElement {
  const { step, isLast } = props;
  return (
    <li className={`relative pl-6 ${isLast ? "" : "pb-5"}`}>
      <span
        aria-hidden="true"
        className={`absolute top-1 left-0 size-2.5 rounded-full ${dots[step.kind]}`}
      />
      {!isLast && (
        <span aria-hidden="true" className="absolute top-5 bottom-1 left-[4.5px] w-px bg-line" />
      )}
      <p className="flex flex-wrap items-center gap-2 text-xs">
        <time className="text-mute tabular-nums" dateTime={new Date(step.timeMs).toISOString()}>
          {timeOf(step.timeMs).slice(11)}
        </time>
        <Badge>{step.kind}</Badge>
        {step.decision !== undefined && <ActionBadge action={step.action} wouldBe="block" />}
      </p>
      <p className="mt-1 text-[15px] break-words first-letter:uppercase">
        {step.what}
        {step.count > 1 && <span className="text-mute"> × {count(step.count)}</span>}
      </p>
      <p className="text-mute">
        {step.endpoint !== "*" && (
          <code className="code-text">
            <BreakableKey text={step.endpoint} />
          </code>
        )}
        {step.decision !== undefined && (
          <>
            {" "}
            <Link to="/decisions/$id" params={{ id: step.decision }} className="underline">
              Why
            </Link>
          </>
        )}
      </p>
    </li>
  );
}
