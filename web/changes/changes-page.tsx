import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useEvents } from "../api/queries.ts";
import { Choice } from "../widgets/choice.tsx";
import { Loaded } from "../widgets/loaded.tsx";
import { PageTitle } from "../widgets/page-title.tsx";
import { Panel } from "../widgets/panel.tsx";
import { EventList } from "./event-list.tsx";

const kinds = [
  "new",
  "schema-changed",
  "newly-exposed",
  "newly-sensitive",
  "authentication-changed",
  "dormant",
  "woken",
];

/** What changed in the inventory, and when. */
export function ChangesPage(): ReactElement {
  const filters = useSearch({ from: "/changes" });
  const navigate = useNavigate({ from: "/changes" });
  const query = useEvents(new URLSearchParams({ limit: "100", ...filters }).toString());
  const set = (name: string, value: string): void => {
    const { before: _before, ...rest } = filters;
    void navigate({ search: { ...rest, [name]: value }, replace: true });
  };
  return (
    <div className="grid gap-4">
      <PageTitle title="Changes" hint="What is new, changed, exposed, sensitive, open or woken" />
      <search className="flex flex-wrap gap-2">
        <Choice
          label="Kind"
          value={filters["kind"]}
          options={kinds}
          onChange={(value) => set("kind", value)}
        />
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={filters["news"] === "true"}
            onChange={({ target }) => set("news", target.checked ? "true" : "")}
          />
          Leave out the first hour
        </label>
      </search>
      <Panel title="History" flush>
        <Loaded query={query}>{({ items }) => <EventList events={items} />}</Loaded>
      </Panel>
      {query.data?.next !== undefined && (
        <div>
          <button
            type="button"
            className="button"
            onClick={() => set("before", query.data?.next ?? "")}
          >
            Older changes
          </button>
        </div>
      )}
    </div>
  );
}
