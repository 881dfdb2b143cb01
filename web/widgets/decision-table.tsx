import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { DecisionView } from "../../src/console/contract.ts";
import { ActionBadge, DetectorBadge } from "./badges.tsx";
import { EndpointName } from "./endpoint-name.tsx";
import { timeAgo, timeOf } from "./format.ts";

/** Decisions, newest first, each linked to its explanation. */
export function DecisionTable(props: {
  readonly decisions: readonly DecisionView[];
}): ReactElement {
  return (
    <table className="w-full">
      <thead>
        <tr>
          <th className="px-3 py-2">When</th>
          <th className="px-3 py-2">What was done</th>
          <th className="px-3 py-2">Request</th>
          <th className="px-3 py-2">Seen</th>
          <th className="px-3 py-2 max-md:hidden">Client</th>
        </tr>
      </thead>
      <tbody>
        {props.decisions.map((decision) => (
          <tr key={decision.id} className="hover:bg-sunken">
            <td className="cell whitespace-nowrap">
              <Link
                to="/decisions/$id"
                params={{ id: decision.id }}
                title={timeOf(decision.timeMs)}
              >
                {timeAgo(decision.timeMs)}
              </Link>
            </td>
            <td className="cell">
              <ActionBadge action={decision.action} wouldBe={decision.wouldBe} />
            </td>
            <td className="cell">
              <EndpointName method={decision.method} path={decision.path} />
            </td>
            <td className="cell">
              <span className="flex flex-wrap gap-1">
                {reasonsOf(decision).map((reason) => (
                  <DetectorBadge key={reason} detector={reason} />
                ))}
              </span>
            </td>
            <td className="cell font-mono text-[13px] max-md:hidden">{decision.client}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The detectors that saw something; else the protections that objected without one. */
function reasonsOf(decision: DecisionView): readonly string[] {
  const detectors = new Set(decision.detections.map(({ detector }) => detector));
  if (detectors.size > 0) return [...detectors];
  return decision.verdicts
    .filter(({ action }) => action === "block")
    .map(({ protection }) => protection);
}
