import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type {
  ControlResult,
  FrameworkResult,
} from "../../src/reporting/compliance/assess-compliance.ts";
import { useCompliance } from "../api/risk-queries.ts";
import { Badge } from "../widgets/badges.tsx";
import { count, timeOf } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { PageTitle } from "../widgets/page-title.tsx";
import { Panel } from "../widgets/panel.tsx";

/** What the findings mean for frameworks: each control, the query that proves it, when it held. */
export function CompliancePage(): ReactElement {
  return (
    <div className="grid gap-4">
      <PageTitle
        title="Compliance"
        hint="A control holds when its query finds nothing open. Traffic and configuration can show this much; the rest has to be shown elsewhere."
      >
        <a className="button" href="/api/report?format=html" download="merlon-report.html">
          Report
        </a>
      </PageTitle>
      <Loaded query={useCompliance()}>
        {({ frameworks }) => (
          <>
            {frameworks.map((framework) => (
              <Framework key={framework.id} framework={framework} />
            ))}
          </>
        )}
      </Loaded>
    </div>
  );
}

function Framework({ framework }: { readonly framework: FrameworkResult }): ReactElement {
  const { name, controls } = framework;
  const holding = controls.filter(({ state }) => state === "holds").length;
  return (
    <Panel title={name} aside={`${holding} of ${controls.length} hold`} flush>
      <table className="w-full">
        <thead>
          <tr>
            <th className="head-cell w-40">Control</th>
            <th className="head-cell">Asks for, and the query that proves it</th>
            <th className="head-cell w-36">State</th>
            <th className="head-cell w-44 max-md:hidden">Last held</th>
          </tr>
        </thead>
        <tbody className="rows">
          {controls.map((control) => (
            <ControlRow key={control.id} control={control} />
          ))}
        </tbody>
      </table>
    </Panel>
  );
}

function ControlRow({ control }: { readonly control: ControlResult }): ReactElement {
  const { id, asks, query, state, open, accepted, lastHeldMs } = control;
  return (
    <tr>
      <td className="cell font-medium">{id}</td>
      <td className="cell">
        {asks}
        <Link
          to="/findings"
          search={filtersOf(query)}
          className="code-text block break-all text-mute"
        >
          {query}
        </Link>
      </td>
      <td className="cell">
        <Badge tone={state === "holds" ? "good" : state === "fails" ? "bad" : "mute"}>
          {state}
        </Badge>
        {open > 0 && <span className="block text-xs text-mute">{count(open)} open</span>}
        {accepted > 0 && (
          <span className="block text-xs text-mute">{count(accepted)} accepted</span>
        )}
      </td>
      <td className="cell text-mute max-md:hidden">{heldText(state, lastHeldMs)}</td>
    </tr>
  );
}

/** The page of findings asks what the query asks. */
function filtersOf(query: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(query.slice(query.indexOf("?") + 1)));
}

function heldText(state: ControlResult["state"], lastHeldMs: number | undefined): string {
  if (state === "unknown") return "nothing looks for it yet";
  if (lastHeldMs === undefined) return "never while observed";
  return state === "holds" ? "now" : timeOf(lastHeldMs);
}
