import { Link } from "@tanstack/react-router";
import { memo, type ReactElement } from "react";
import type { EndpointSummary } from "../../src/console/contract.ts";
import { AuthenticationState, Badge, LifecycleBadge, RiskBadge } from "../widgets/badges.tsx";
import { EndpointName } from "../widgets/endpoint-name.tsx";
import { count, timeAgo, words } from "../widgets/format.ts";
import { useGrowingCount } from "./use-growing-count.ts";

const classesShown = 2;

/** The inventory as a table; rows are made as they come into sight, so that thousands stay quick. */
export function EndpointTable(props: {
  readonly endpoints: readonly EndpointSummary[];
  readonly sort: string;
  readonly onSort: (sort: string) => void;
}): ReactElement {
  const { endpoints, sort, onSort } = props;
  const { shown, sentinel } = useGrowingCount(endpoints.length);
  const sortable = (by: string, label: string, className = ""): ReactElement => (
    <SortableHead by={by} label={label} className={className} sort={sort} onSort={onSort} />
  );
  return (
    <>
      <table className="w-full" aria-rowcount={endpoints.length + 1}>
        <thead>
          <tr>
            {sortable("score", "Risk")}
            {sortable("path", "Endpoint")}
            <th className="head-cell max-md:hidden">Lifecycle</th>
            <th className="head-cell max-lg:hidden">Authentication</th>
            <th className="head-cell max-xl:hidden">Sensitive data</th>
            {sortable("calls", "Calls", "text-right max-sm:hidden")}
            {sortable("attacks", "Attacks", "text-right max-md:hidden")}
            {sortable("lastSeen", "Last seen", "text-right max-2xl:hidden")}
          </tr>
        </thead>
        <tbody className="rows">
          {endpoints.slice(0, shown).map((endpoint) => (
            <EndpointRow key={endpoint.id} endpoint={endpoint} />
          ))}
        </tbody>
      </table>
      <div ref={sentinel} />
    </>
  );
}

function SortableHead(props: {
  readonly by: string;
  readonly label: string;
  readonly className: string;
  readonly sort: string;
  readonly onSort: (sort: string) => void;
}): ReactElement {
  const { by, sort } = props;
  const isDescending = sort === `-${by}`;
  const isSorted = isDescending || sort === by;
  // Names start at A, numbers at the largest.
  const first = by === "path" ? by : `-${by}`;
  const next = isSorted ? (isDescending ? by : `-${by}`) : first;
  return (
    <th
      className={`head-cell ${props.className}`}
      aria-sort={isSorted ? (isDescending ? "descending" : "ascending") : "none"}
    >
      <button
        type="button"
        className={`cursor-pointer hover:text-ink ${isSorted ? "text-ink" : ""}`}
        onClick={() => props.onSort(next)}
      >
        {props.label}
        {isSorted && <span aria-hidden="true"> {isDescending ? "↓" : "↑"}</span>}
      </button>
    </th>
  );
}

const EndpointRow = memo(function EndpointRow(props: {
  readonly endpoint: EndpointSummary;
}): ReactElement {
  const { endpoint } = props;
  return (
    <tr>
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
        <span className="block text-xs text-mute [overflow-wrap:anywhere]">
          {endpoint.host}
          {endpoint.style !== "rest" && ` · ${endpoint.style}`}
        </span>
        <span className="mt-1 flex flex-wrap gap-1 md:hidden">
          <LifecycleBadge lifecycle={endpoint.lifecycle} />
          {endpoint.authenticationRequired === false && <Badge tone="bad">no authentication</Badge>}
          {endpoint.attacks > 0 && <Badge tone="bad">{count(endpoint.attacks)} attacks</Badge>}
        </span>
      </td>
      <td className="cell max-md:hidden">
        <LifecycleBadge lifecycle={endpoint.lifecycle} />
      </td>
      <td className="cell whitespace-nowrap max-lg:hidden">
        <AuthenticationState required={endpoint.authenticationRequired} />
      </td>
      <td className="cell max-xl:hidden">
        <SensitiveClasses classes={endpoint.sensitiveData} />
      </td>
      <td className="cell text-right tabular-nums max-sm:hidden">{count(endpoint.calls)}</td>
      <td className="cell text-right tabular-nums max-md:hidden">
        {endpoint.attacks > 0 ? (
          <span className="font-medium text-bad">{count(endpoint.attacks)}</span>
        ) : (
          <span className="text-mute">0</span>
        )}
      </td>
      <td className="cell text-right whitespace-nowrap text-mute max-2xl:hidden">
        {endpoint.calls === 0 ? "never" : timeAgo(endpoint.lastSeenMs)}
      </td>
    </tr>
  );
});

function SensitiveClasses(props: { readonly classes: readonly string[] }): ReactElement {
  const more = props.classes.length - classesShown;
  return (
    <span className="flex gap-1">
      {props.classes.slice(0, classesShown).map((name) => (
        <Badge key={name} tone="warn">
          {words(name)}
        </Badge>
      ))}
      {more > 0 && <Badge>{more} more</Badge>}
    </span>
  );
}
