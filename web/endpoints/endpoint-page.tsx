import type { ReactElement } from "react";
import type { EndpointView } from "../../src/console/contract.ts";
import { endpointKeyOf } from "../../src/model/endpoint.ts";
import { useEndpoint } from "../api/queries.ts";
import { LifecycleBadge, RiskBadge } from "../widgets/badges.tsx";
import { DecisionTable } from "../widgets/decision-table.tsx";
import { EndpointName } from "../widgets/endpoint-name.tsx";
import { Facts } from "../widgets/facts.tsx";
import { count, percent, timeOf, words } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { ModeSelect } from "../widgets/mode-select.tsx";
import { Panel } from "../widgets/panel.tsx";
import { Parameters, SensitiveDataList } from "./learned.tsx";
import { RiskFactors } from "./risk-factors.tsx";
import { SchemaView } from "./schema-view.tsx";

export function EndpointPage({ id }: { readonly id: string }): ReactElement {
  return <Loaded query={useEndpoint(id)}>{(view) => <EndpointContent view={view} />}</Loaded>;
}

function EndpointContent({ view }: { readonly view: EndpointView }): ReactElement {
  const { endpoint } = view;
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-lg">
          <EndpointName
            method={endpoint.method}
            path={endpoint.path}
            operation={endpoint.operation}
          />
          <span className="block text-sm text-mute">{endpoint.host}</span>
        </h1>
        <LifecycleBadge lifecycle={endpoint.lifecycle} />
        <RiskBadge score={endpoint.risk.score} level={endpoint.risk.level} />
        <ModeSelect
          label="Mode of this endpoint"
          mode={view.mode}
          scope={{ endpoint: endpointKeyOf(endpoint) }}
        />
      </div>
      <Panel title={`Risk ${endpoint.risk.score} of 100`} aside="what adds to it, most first">
        <RiskFactors factors={endpoint.risk.factors} />
      </Panel>
      <div className="grid gap-4 lg:grid-cols-2">
        <Panel title="Observed">
          <Observed view={view} />
        </Panel>
        <Panel title="Authentication, by experiment">
          <Authentication view={view} />
        </Panel>
        <Panel title="Sensitive data" flush>
          <SensitiveDataList items={endpoint.sensitiveData} />
        </Panel>
        <Panel title="Parameters" flush>
          <Parameters parameters={endpoint.parameters} />
        </Panel>
      </div>
      {(endpoint.schemas.request !== undefined || endpoint.schemas.response !== undefined) && (
        <Panel title="Bodies as learned" aside="JSON Schema">
          <SchemaView schemas={endpoint.schemas} />
        </Panel>
      )}
      {view.decisions.length > 0 && (
        <Panel title="Recent decisions" flush>
          <DecisionTable decisions={view.decisions} />
        </Panel>
      )}
    </div>
  );
}

function Observed({ view }: { readonly view: EndpointView }): ReactElement {
  const { endpoint } = view;
  if (endpoint.calls === 0)
    return <p className="text-mute">Documented, and never called so far.</p>;
  return (
    <Facts
      facts={[
        ["Calls", count(endpoint.calls)],
        ["Statuses", tally(endpoint.statuses)],
        ["Media types", tally(endpoint.responseMediaTypes)],
        ["Clients", `${count(endpoint.clients)}, with ${count(endpoint.principals)} principals`],
        ["Exposure", endpoint.exposure],
        [
          "Duration",
          `p50 ${endpoint.durationMs.p50.toFixed(1)} ms, p95 ${endpoint.durationMs.p95.toFixed(1)} ms`,
        ],
        ["First seen", timeOf(endpoint.firstSeenMs)],
        ["Last seen", timeOf(endpoint.lastSeenMs)],
        ["Attacks seen", count(endpoint.attacks)],
      ]}
    />
  );
}

function Authentication({ view }: { readonly view: EndpointView }): ReactElement {
  const { required, kinds, confidence, counts } = view.endpoint.authentication;
  const verdict =
    required === undefined
      ? "not known yet"
      : required
        ? "required"
        : "not required: answers without";
  return (
    <Facts
      facts={[
        ["Verdict", `${verdict} (${percent(confidence)} sure)`],
        ["Kinds seen", kinds.length === 0 ? "none" : kinds.map(words).join(", ")],
        [
          "With credentials",
          `${count(counts.successWith)} answered, ${count(counts.refusedWith)} refused`,
        ],
        [
          "Without",
          `${count(counts.successWithout)} answered, ${count(counts.refusedWithout)} refused`,
        ],
      ]}
    />
  );
}

function tally(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a);
  return entries.length === 0
    ? "–"
    : entries.map(([name, times]) => `${name} × ${count(times)}`).join(", ");
}
