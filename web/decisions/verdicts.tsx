import type { ReactElement } from "react";
import type { ProtectionVerdict } from "../../src/model/decision.ts";
import { Badge } from "../widgets/badges.tsx";
import { words } from "../widgets/format.ts";

/** What each protection wanted, in which mode and phase, and why. */
export function Verdicts(props: { readonly verdicts: readonly ProtectionVerdict[] }): ReactElement {
  if (props.verdicts.length === 0) return <p className="text-mute">No protection objected.</p>;
  return (
    <ul className="grid gap-3">
      {props.verdicts.map((verdict) => (
        <li key={`${verdict.protection} ${verdict.phase}`}>
          <p className="flex flex-wrap items-center gap-2">
            <span className="font-medium">{words(verdict.protection)}</span>
            <Badge tone={verdict.action === "block" ? "bad" : "mute"}>
              {verdict.action === "block" ? "wants to block" : "lets pass"}
            </Badge>
            <Badge tone={verdict.mode === "enforce" ? "good" : "warn"}>{verdict.mode}</Badge>
          </p>
          <p className="break-words text-mute">
            {verdict.reason === undefined ? "" : `${verdict.reason}, `}at{" "}
            {words(verdict.phase).toLowerCase()}
          </p>
        </li>
      ))}
    </ul>
  );
}
