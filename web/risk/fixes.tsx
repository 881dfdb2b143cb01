import type { ReactElement } from "react";
import type { Counterfactual } from "../../src/risk/fix.ts";
import { count, words } from "../widgets/format.ts";

/** Which three fixes lower the total most, and what would be left of it. */
export function Fixes({ view }: { readonly view: Counterfactual }): ReactElement {
  const { total, totalAfter, fixes } = view;
  if (fixes.length === 0) return <p className="text-mute">Nothing found that a fix would lower.</p>;
  return (
    <div className="grid gap-3">
      <p>
        From <b className="tabular-nums">{count(total)}</b> points to{" "}
        <b className="tabular-nums">{count(totalAfter)}</b>, in this order:
      </p>
      <ol className="grid gap-2.5">
        {fixes.map(({ factor, host, endpoints, gain, remedy }) => (
          <li
            key={`${factor} ${host}`}
            className="grid gap-x-3 sm:grid-cols-[4.5rem_minmax(0,1fr)]"
          >
            <span className="font-semibold text-good tabular-nums">−{count(gain)}</span>
            <div>
              <p>
                <span className="font-medium">{words(factor)}</span>{" "}
                <span className="break-all text-mute">
                  on {host}, {count(endpoints)} {endpoints === 1 ? "endpoint" : "endpoints"}
                </span>
              </p>
              <p className="text-mute">{remedy}</p>
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}
