import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useRisk } from "../api/risk-queries.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { Panel } from "../widgets/panel.tsx";
import { Fixes } from "./fixes.tsx";
import { ScoreChart } from "./score-chart.tsx";

/** What would lower the score of one endpoint, and how it moved. */
export function EndpointRisk({ id }: { readonly id: string }): ReactElement {
  return (
    <Loaded query={useRisk(id)}>
      {(view) => (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Panel
            title="Three fixes"
            aside={
              <Link to="/findings" search={{ endpoint: id }}>
                Findings of this endpoint
              </Link>
            }
          >
            <Fixes view={view} />
          </Panel>
          <Panel title="Score over time">
            <ScoreChart points={view.history} current={view.total} />
          </Panel>
        </div>
      )}
    </Loaded>
  );
}
