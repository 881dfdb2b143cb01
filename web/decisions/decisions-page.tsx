import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useDecisions } from "../api/queries.ts";
import { DecisionTable } from "../widgets/decision-table.tsx";
import { Loaded } from "../widgets/loaded.tsx";
import { Notice } from "../widgets/notice.tsx";
import { PageTitle } from "../widgets/page-title.tsx";
import { Panel } from "../widgets/panel.tsx";
import { SearchBox } from "../widgets/search-box.tsx";

const pageSize = 100;

/** What the API is asked for each choice; without one, what somebody has to look at. */
const shown: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "": { wouldBe: "block" },
  blocked: { action: "block" },
  passed: { action: "allow", wouldBe: "block" },
  all: {},
};

/** Every request that something objected to, newest first. */
export function DecisionsPage(): ReactElement {
  const search = useSearch({ from: "/decisions" });
  const navigate = useNavigate({ from: "/decisions" });
  const { before = "", ...filters } = search;
  const { show = "", ...asked } = search;
  const query = new URLSearchParams({ ...asked, ...shown[show], limit: String(pageSize) });
  const filter = (name: string, value: string): void => {
    void navigate({ search: { ...filters, [name]: value } });
  };

  return (
    <div className="grid gap-4">
      <PageTitle title="Decisions" hint="Requests that a protection or detector objected to" />
      <search className="flex flex-wrap gap-2">
        <SearchBox
          label="Client address"
          value={filters["client"]}
          onChange={(value) => filter("client", value)}
        />
        <SearchBox
          label="Detector or protection"
          value={filters["detector"]}
          onChange={(value) => filter("detector", value)}
        />
        <select
          aria-label="What was done"
          className={`field ${show === "" ? "" : "border-accent"}`}
          value={show}
          onChange={({ target }) => filter("show", target.value)}
        >
          <option value="">Blocked, or would be</option>
          <option value="blocked">Blocked</option>
          <option value="passed">Only observed</option>
          <option value="all">Everything seen</option>
        </select>
        {filters["endpoint"] !== undefined && (
          <button
            type="button"
            className="button border-accent"
            onClick={() => filter("endpoint", "")}
          >
            Only one endpoint <span aria-hidden="true">×</span>
            <span className="sr-only">, show all</span>
          </button>
        )}
      </search>
      <Loaded query={useDecisions(query.toString())}>
        {({ items, next = "" }) => (
          <>
            <Panel title={before === "" ? "Newest first" : "Older decisions"} flush>
              {items.length === 0 ? (
                <Notice
                  title="No decision to show."
                  detail="Only requests that something objected to have one."
                />
              ) : (
                <DecisionTable decisions={items} />
              )}
            </Panel>
            <Steps before={before} next={next} onStep={(to) => filter("before", to)} />
          </>
        )}
      </Loaded>
    </div>
  );
}

function Steps(props: {
  readonly before: string;
  readonly next: string;
  readonly onStep: (before: string) => void;
}): ReactElement {
  return (
    <nav aria-label="List pages" className="flex justify-end gap-2">
      {props.before !== "" && (
        <button type="button" className="button" onClick={() => props.onStep("")}>
          Newest
        </button>
      )}
      {props.next !== "" && (
        <button type="button" className="button" onClick={() => props.onStep(props.next)}>
          Older
        </button>
      )}
    </nav>
  );
}
