import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { DecisionView } from "../../src/console/contract.ts";
import { fieldKeyOf } from "../../src/model/field.ts";
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
          <th className="head-cell">Done</th>
          <th className="head-cell">Request</th>
          <th className="head-cell max-md:hidden">Seen</th>
          <th className="head-cell max-md:hidden">Client</th>
          <th className="head-cell text-right max-sm:hidden">When</th>
        </tr>
      </thead>
      <tbody className="rows">
        {props.decisions.map((decision) => (
          <DecisionRow key={decision.id} decision={decision} />
        ))}
      </tbody>
    </table>
  );
}

function DecisionRow({ decision }: { readonly decision: DecisionView }): ReactElement {
  const reasons = reasonsOf(decision).map((reason) => (
    <DetectorBadge key={reason} detector={reason} />
  ));
  return (
    <tr>
      <td className="cell whitespace-nowrap max-sm:pr-0">
        <ActionBadge action={decision.action} wouldBe={decision.wouldBe} />
      </td>
      <td className="cell w-full">
        <Link to="/decisions/$id" params={{ id: decision.id }} className="line-clamp-2">
          <EndpointName method={decision.method} path={decision.path} />
        </Link>
        <Evidence decision={decision} />
        <span className="mt-1 flex flex-wrap items-center gap-1.5 md:hidden">
          {reasons}
          <span className="text-xs text-mute sm:hidden">{timeAgo(decision.timeMs)}</span>
        </span>
      </td>
      <td className="cell max-md:hidden">
        <span className="flex flex-col items-start gap-1">{reasons}</span>
      </td>
      <td className="cell font-mono text-xs whitespace-nowrap max-md:hidden">{decision.client}</td>
      <td className="cell text-right whitespace-nowrap text-mute max-sm:hidden">
        <time dateTime={new Date(decision.timeMs).toISOString()} title={timeOf(decision.timeMs)}>
          {timeAgo(decision.timeMs)}
        </time>
      </td>
    </tr>
  );
}

/** The first thing that was seen, in one line: enough to tell an attack from an honest request. */
function Evidence({ decision }: { readonly decision: DecisionView }): ReactElement | null {
  const [detection] = decision.detections;
  if (detection === undefined) return null;
  return (
    <span className="line-clamp-1 font-mono text-xs [overflow-wrap:anywhere] text-mute">
      {fieldKeyOf(detection)} {detection.evidence}
    </span>
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
