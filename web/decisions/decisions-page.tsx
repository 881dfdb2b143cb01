import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useDecisions } from "../api/queries.ts";
import { DecisionTable } from "../widgets/decision-table.tsx";
import { Loaded } from "../widgets/loaded.tsx";
import { Notice } from "../widgets/notice.tsx";
import { pageSize } from "../widgets/pager.tsx";
import { Panel } from "../widgets/panel.tsx";

export function DecisionsPage(): ReactElement {
  const search = useSearch({ from: "/decisions" });
  const navigate = useNavigate({ from: "/decisions" });
  const query = new URLSearchParams({ ...search, limit: String(pageSize) });
  const filter = (name: string, value: string): void => {
    void navigate({ search: { ...search, [name]: value }, replace: true });
  };

  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-3">
        <h1 className="mr-auto text-lg font-semibold">Decisions</h1>
        <Text name="client" label="Client address" value={search["client"]} onChange={filter} />
        <Text name="detector" label="Detector" value={search["detector"]} onChange={filter} />
        <select
          aria-label="What was done"
          className="field"
          value={search["action"] ?? ""}
          onChange={({ target }) => filter("action", target.value)}
        >
          <option value="">Any action</option>
          <option value="block">Blocked</option>
          <option value="allow">Allowed</option>
        </select>
      </div>
      <Loaded query={useDecisions(query.toString())}>
        {({ items }) =>
          items.length === 0 ? (
            <Notice
              title="No decision to show."
              detail="Only requests that something objected to have one."
            />
          ) : (
            <>
              <Panel title="Newest first" flush>
                <DecisionTable decisions={items} />
              </Panel>
              {items.length === pageSize && (
                <button
                  type="button"
                  className="button justify-self-end"
                  onClick={() => filter("before", String(items.at(-1)?.timeMs ?? ""))}
                >
                  Older
                </button>
              )}
            </>
          )
        }
      </Loaded>
    </div>
  );
}

function Text(props: {
  readonly name: string;
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (name: string, value: string) => void;
}): ReactElement {
  return (
    <input
      type="search"
      className="field w-40"
      aria-label={props.label}
      placeholder={props.label}
      defaultValue={props.value ?? ""}
      onChange={({ target }) => props.onChange(props.name, target.value.trim())}
    />
  );
}
