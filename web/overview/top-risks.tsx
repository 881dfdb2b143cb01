import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { EndpointSummary } from "../../src/console/contract.ts";
import { LifecycleBadge, RiskBadge } from "../widgets/badges.tsx";
import { EndpointName } from "../widgets/endpoint-name.tsx";
import { Notice } from "../widgets/notice.tsx";

/** The endpoints to look at first. */
export function TopRisks(props: { readonly endpoints: readonly EndpointSummary[] }): ReactElement {
  if (props.endpoints.length === 0) {
    return (
      <Notice
        title="No endpoint yet."
        detail="Send traffic through the gateway and watch it fill."
      />
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
      <tbody className="rows">
        {props.endpoints.map((endpoint) => (
          <tr key={endpoint.id}>
            <td className="cell whitespace-nowrap max-sm:pr-0">
              <RiskBadge score={endpoint.score} level={endpoint.level} />
            </td>
            <td className="cell w-full">
              <Link to="/endpoints/$id" params={{ id: endpoint.id }}>
                <EndpointName
                  method={endpoint.method}
                  path={endpoint.path}
                  operation={endpoint.operation}
                />
              </Link>
            </td>
            <td className="cell text-right max-sm:hidden">
              <LifecycleBadge lifecycle={endpoint.lifecycle} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
