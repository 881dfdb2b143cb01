import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { EndpointSummary } from "../../src/console/contract.ts";
import { useEndpoints } from "../api/queries.ts";
import { Badge, LifecycleBadge, RiskBadge } from "../widgets/badges.tsx";
import { EndpointName } from "../widgets/endpoint-name.tsx";
import { count, timeAgo, words } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { Notice } from "../widgets/notice.tsx";
import { Pager, pageSize } from "../widgets/pager.tsx";
import { Panel } from "../widgets/panel.tsx";

const lifecycles = [
  "documented",
  "undocumented",
  "deprecated",
  "zombie",
  "orphan",
  "dormant",
  "woken",
];
const riskLevels = ["critical", "high", "medium", "low", "none"];
const sorts = ["score", "calls", "path", "last-seen", "attacks"];

export function EndpointsPage(): ReactElement {
  const search = useSearch({ from: "/endpoints" });
  const navigate = useNavigate({ from: "/endpoints" });
  const offset = Number(search["offset"] ?? 0);
  const query = new URLSearchParams({ ...search, limit: String(pageSize), offset: String(offset) });
  const filter = (name: string, value: string): void => {
    void navigate({ search: { ...search, offset: "", [name]: value }, replace: true });
  };

  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-lg font-semibold">Endpoints</h1>
        <input
          type="search"
          aria-label="Search endpoints"
          placeholder="Search path or host"
          className="field w-56"
          defaultValue={search["search"] ?? ""}
          onChange={({ target }) => filter("search", target.value)}
        />
        <Choice
          name="Lifecycle"
          value={search["lifecycle"]}
          options={lifecycles}
          onChange={(value) => filter("lifecycle", value)}
        />
        <Choice
          name="Risk"
          value={search["level"]}
          options={riskLevels}
          onChange={(value) => filter("level", value)}
        />
        <Choice
          name="Sort"
          value={search["sort"]}
          options={sorts}
          onChange={(value) => filter("sort", value)}
        />
        <a className="button" href="/api/specification" download="openapi.yaml">
          Export OpenAPI
        </a>
      </div>
      <Loaded query={useEndpoints(query.toString())}>
        {({ items, total }) =>
          total === 0 ? (
            <Notice
              title="No endpoint to show."
              detail="Send traffic through the gateway, or loosen the filter."
            />
          ) : (
            <>
              <Panel title={`${count(total)} endpoints`} flush>
                <EndpointTable endpoints={items} />
              </Panel>
              <Pager
                offset={offset}
                total={total}
                onOffset={(next) => filter("offset", String(next))}
              />
            </>
          )
        }
      </Loaded>
    </div>
  );
}

function Choice(props: {
  readonly name: string;
  readonly value: string | undefined;
  readonly options: readonly string[];
  readonly onChange: (value: string) => void;
}): ReactElement {
  return (
    <select
      aria-label={props.name}
      className="field"
      value={props.value ?? ""}
      onChange={({ target }) => props.onChange(target.value)}
    >
      <option value="">{props.name === "Sort" ? "Sort: score" : `${props.name}: any`}</option>
      {props.options.map((option) => (
        <option key={option} value={option}>
          {words(option)}
        </option>
      ))}
    </select>
  );
}

function EndpointTable(props: { readonly endpoints: readonly EndpointSummary[] }): ReactElement {
  return (
    <table className="w-full">
      <thead>
        <tr>
          {[
            "Risk",
            "Endpoint",
            "Lifecycle",
            "Authentication",
            "Sensitive data",
            "Calls",
            "Last seen",
          ].map((name) => (
            <th key={name} className="px-3 py-2 whitespace-nowrap">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.endpoints.map((endpoint) => (
          <tr key={endpoint.id} className="hover:bg-sunken">
            <td className="cell">
              <RiskBadge score={endpoint.score} level={endpoint.level} />
            </td>
            <td className="cell min-w-64">
              <Link to="/endpoints/$id" params={{ id: endpoint.id }}>
                <EndpointName
                  method={endpoint.method}
                  path={endpoint.path}
                  operation={endpoint.operation}
                />
              </Link>
              <span className="block text-xs text-mute">
                {endpoint.host}
                {endpoint.style !== "rest" && ` · ${endpoint.style}`}
              </span>
            </td>
            <td className="cell">
              <LifecycleBadge lifecycle={endpoint.lifecycle} />
            </td>
            <td className="cell whitespace-nowrap">
              <AuthenticationState required={endpoint.authenticationRequired} />
            </td>
            <td className="cell">
              <span className="flex flex-wrap gap-1">
                {endpoint.sensitiveData.map((dataClass) => (
                  <Badge key={dataClass} tone="warn">
                    {words(dataClass)}
                  </Badge>
                ))}
              </span>
            </td>
            <td className="cell text-right tabular-nums">
              {count(endpoint.calls)}
              {endpoint.attacks > 0 && (
                <span className="block text-bad">{count(endpoint.attacks)} attacks</span>
              )}
            </td>
            <td className="cell whitespace-nowrap text-mute">
              {endpoint.calls === 0 ? "never" : timeAgo(endpoint.lastSeenMs)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function AuthenticationState(props: { readonly required: boolean | undefined }): ReactElement {
  if (props.required === true) return <span className="text-good">required</span>;
  if (props.required === false) return <span className="text-bad">answers without</span>;
  return <span className="text-mute">not known yet</span>;
}
