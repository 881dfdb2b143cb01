import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactElement, useState } from "react";
import type { FindingPage } from "../../src/console/contract.ts";
import { useFindings, useRisk } from "../api/risk-queries.ts";
import { Fixes } from "../risk/fixes.tsx";
import { ScoreChart } from "../risk/score-chart.tsx";
import { count } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { Notice } from "../widgets/notice.tsx";
import { PageTitle } from "../widgets/page-title.tsx";
import { Pager } from "../widgets/pager.tsx";
import { Panel } from "../widgets/panel.tsx";
import { Decide } from "./decide.tsx";
import { ExportLinks } from "./export-links.tsx";
import { FindingFilters } from "./finding-filters.tsx";
import { FindingTable } from "./finding-table.tsx";

const pageSize = 200;

/** Everything that is wrong, the most urgent first, for somebody to work through. */
export function FindingsPage(): ReactElement {
  const search = useSearch({ from: "/findings" });
  const navigate = useNavigate({ from: "/findings" });
  const { offset = "0", ...given } = search;
  // Open findings are what there is to do; `state=any` shows the others too.
  const { state = "open", ...others } = given;
  const filters = state === "any" ? others : { ...others, state };
  const query = new URLSearchParams({ ...filters, limit: String(pageSize), offset });
  const result = useFindings(query.toString());
  const set = (name: string, value: string): void => {
    void navigate({ search: { ...given, [name]: value }, replace: true });
  };

  return (
    <div className="grid gap-4">
      <PageTitle title="Findings" hint="What is wrong, how bad it is, and what to fix first">
        <ExportLinks filters={filters} />
      </PageTitle>
      <RiskSummary />
      <FindingFilters
        filters={{ ...others, state }}
        owners={result.data?.owners ?? []}
        onChange={set}
      />
      <Loaded query={result}>{(page) => <FindingList key={query.toString()} page={page} />}</Loaded>
      <Pager
        offset={Number(offset)}
        size={pageSize}
        total={result.data?.total ?? 0}
        onOffset={(next) => set("offset", String(next))}
      />
    </div>
  );
}

function RiskSummary(): ReactElement {
  return (
    <Loaded query={useRisk()}>
      {(view) => (
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Panel title="The three fixes that lower the total most">
            <Fixes view={view} />
          </Panel>
          <Panel title="Total over time" aside="sum of the scores of all endpoints">
            <ScoreChart points={view.history} current={view.total} />
          </Panel>
        </div>
      )}
    </Loaded>
  );
}

function FindingList({ page }: { readonly page: FindingPage }): ReactElement {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const toggle = (ids: readonly string[], isOn: boolean): void => {
    const next = new Set(selected);
    for (const id of ids) {
      if (isOn) next.add(id);
      else next.delete(id);
    }
    setSelected(next);
  };
  return (
    <>
      <Decide ids={[...selected]} owners={page.owners} onDone={() => setSelected(new Set())} />
      <Panel title={`${count(page.total)} ${page.total === 1 ? "finding" : "findings"}`} flush>
        {page.items.length === 0 ? (
          <Notice title="No finding to show." detail="Send traffic, or loosen the filters." />
        ) : (
          <FindingTable findings={page.items} selected={selected} onToggle={toggle} />
        )}
      </Panel>
    </>
  );
}
