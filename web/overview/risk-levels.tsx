import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { count } from "../widgets/format.ts";

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
  const present = levels
    .map((level) => ({ level, endpoints: props.levels[level] ?? 0 }))
    .filter(({ endpoints }) => endpoints > 0);
  return (
    <div className="px-4 pb-3">
      <div aria-hidden="true" className="flex h-2 gap-px overflow-hidden rounded-full">
        {present.map(({ level, endpoints }) => (
          <span key={level} className={colors[level]} style={{ flexGrow: endpoints }} />
        ))}
      </div>
      <p className="mt-2 flex flex-wrap gap-x-4 text-xs">
        {present.map(({ level, endpoints }) => (
          <Link
            key={level}
            to="/endpoints"
            search={{ level }}
            className="flex items-center gap-1.5 text-mute"
          >
            <span aria-hidden="true" className={`size-2 rounded-xs ${colors[level]}`} />
            <span className="tabular-nums">
              {count(endpoints)} {level}
            </span>
          </Link>
        ))}
      </p>
    </div>
  );
}
