import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { EndpointSummary } from "../../src/console/contract.ts";
import { LifecycleBadge, RiskBadge } from "../widgets/badges.tsx";
import { EndpointName } from "../widgets/endpoint-name.tsx";
import { Notice } from "../widgets/notice.tsx";

export function TopRisks(props: { readonly endpoints: readonly EndpointSummary[] }): ReactElement {
  if (props.endpoints.length === 0) {
    return (
      <div className="p-4">
        <Notice
          title="No endpoint yet."
          detail="Send traffic through the gateway and watch it fill."
        />
      </div>
    );
  }
  return (
    <table className="w-full">
      <thead className="sr-only">
        <tr>
          <th>Risk</th>
          <th>Endpoint</th>
          <th>Lifecycle</th>
        </tr>
      </thead>
      <tbody>
        {props.endpoints.map((endpoint) => (
          <tr key={endpoint.id} className="hover:bg-sunken">
            <td className="cell w-28">
              <RiskBadge score={endpoint.score} level={endpoint.level} />
            </td>
            <td className="cell">
              <Link to="/endpoints/$id" params={{ id: endpoint.id }}>
                <EndpointName
                  method={endpoint.method}
                  path={endpoint.path}
                  operation={endpoint.operation}
                />
              </Link>
            </td>
            <td className="cell text-right">
              <LifecycleBadge lifecycle={endpoint.lifecycle} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const levels = ["critical", "high", "medium", "low", "none"] as const;
const colors: Readonly<Record<(typeof levels)[number], string>> = {
  critical: "bg-severe",
  high: "bg-bad",
  medium: "bg-warn",
  low: "bg-good",
  none: "bg-line",
};

/** How many endpoints stand at each level, as a bar and in words. */
export function RiskLevels(props: {
  readonly levels: Readonly<Record<string, number>>;
}): ReactElement {
  const present = levels.filter((level) => (props.levels[level] ?? 0) > 0);
  return (
    <span className="flex flex-wrap gap-x-3">
      {present.map((level) => (
        <span key={level} className="flex items-center gap-1">
          <span aria-hidden="true" className={`size-2.5 rounded-sm ${colors[level]}`} />
          {props.levels[level]} {level}
        </span>
      ))}
    </span>
  );
}
