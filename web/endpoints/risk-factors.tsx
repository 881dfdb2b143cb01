import type { ReactElement } from "react";
import type { RiskContribution } from "../../src/model/endpoint.ts";
import { Badge } from "../widgets/badges.tsx";
import { percent, words } from "../widgets/format.ts";

/** A score taken apart: points, evidence and the fix of each factor. */
export function RiskFactors(props: {
  readonly factors: readonly RiskContribution[];
}): ReactElement {
  if (props.factors.length === 0) {
    return <p className="text-mute">Nothing found wrong with this endpoint so far.</p>;
  }
  const factors = [...props.factors].sort((a, b) => b.points - a.points);
  const most = Math.max(...factors.map(({ points }) => points));
  return (
    <ol className="grid gap-3">
      {factors.map((factor) => (
        <li key={factor.factor} className="grid gap-x-4 gap-y-1 sm:grid-cols-[6rem_minmax(0,1fr)]">
          <div>
            <span className="font-semibold tabular-nums">+{factor.points}</span>
            <span aria-hidden="true" className="mt-1 block h-1.5 rounded bg-sunken">
              <span
                className="block h-1.5 rounded bg-bad"
                style={{ width: `${(100 * factor.points) / most}%` }}
              />
            </span>
          </div>
          <div>
            <p className="flex flex-wrap items-baseline gap-2">
              <span className="font-medium">{words(factor.factor)}</span>
              {factor.references.map((reference) => (
                <Badge key={reference}>{reference}</Badge>
              ))}
              <span className="text-xs text-mute">{percent(factor.confidence)} sure</span>
            </p>
            <p className="break-words">{factor.evidence}</p>
            <p>
              <span className="text-mute">To fix it:</span> {factor.remedy}
            </p>
          </div>
        </li>
      ))}
    </ol>
  );
}
