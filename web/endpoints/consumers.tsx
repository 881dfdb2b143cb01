import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { Consumer, VersionLink } from "../../src/model/endpoint.ts";
import { BreakableKey } from "../widgets/endpoint-name.tsx";
import { count, timeAgo } from "../widgets/format.ts";

const consumersShown = 12;

/** Who calls an endpoint most; secrets appear as a digest. */
export function Consumers(props: { readonly consumers: readonly Consumer[] }): ReactElement {
  if (props.consumers.length === 0) return <p className="px-4 pb-4 text-mute">Nobody so far.</p>;
  return (
    <table className="w-full">
      <thead>
        <tr>
          <th className="head-cell">Consumer</th>
          <th className="head-cell text-right">Calls</th>
          <th className="head-cell text-right">Last</th>
        </tr>
      </thead>
      <tbody>
        {props.consumers.slice(0, consumersShown).map(({ kind, id, calls, lastSeenMs }) => (
          <tr key={`${kind} ${id}`}>
            <td className="cell">
              <code className="code-text block [overflow-wrap:anywhere]">{id}</code>
              <span className="text-xs text-mute">{kind}</span>
            </td>
            <td className="cell text-right tabular-nums">{count(calls)}</td>
            <td className="cell text-right whitespace-nowrap text-mute">{timeAgo(lastSeenMs)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The same operation under other versions; an older one that is called has consumers to move. */
export function Versions(props: { readonly versions: readonly VersionLink[] }): ReactElement {
  return (
    <ul className="grid gap-1">
      {props.versions.map(({ id, key, relation, lastSeenMs }) => (
        <li key={id}>
          {relation === "newer" ? "Newer: " : "Older, still called: "}
          <Link to="/endpoints/$id" params={{ id }}>
            <code className="code-text">
              <BreakableKey text={key} />
            </code>
          </Link>{" "}
          <span className="text-mute">last {timeAgo(lastSeenMs)}</span>
        </li>
      ))}
    </ul>
  );
}
