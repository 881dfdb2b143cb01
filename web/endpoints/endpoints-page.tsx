import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useEndpoints } from "../api/queries.ts";
import { count } from "../widgets/format.ts";
import { Loaded } from "../widgets/loaded.tsx";
import { Notice } from "../widgets/notice.tsx";
import { PageTitle } from "../widgets/page-title.tsx";
import { Pager } from "../widgets/pager.tsx";
import { Panel } from "../widgets/panel.tsx";
import { EndpointFilters } from "./endpoint-filters.tsx";
import { EndpointTable } from "./endpoint-table.tsx";

const pageSize = 1_000;

/** The inventory: every endpoint that answers or is documented, the riskiest first. */
export function EndpointsPage(): ReactElement {
  const search = useSearch({ from: "/endpoints" });
  const navigate = useNavigate({ from: "/endpoints" });
  const { offset = "0", ...filters } = search;
  const query = new URLSearchParams({ ...filters, limit: String(pageSize), offset });
  const set = (name: string, value: string): void => {
    void navigate({ search: { ...filters, [name]: value }, replace: true });
  };
  const result = useEndpoints(query.toString());

  return (
    <div className="grid gap-4">
      <PageTitle title="Endpoints" hint="What really answers, and what is wrong with it">
        <a className="button" href="/api/specification" download="openapi.yaml">
          Export OpenAPI
        </a>
      </PageTitle>
      <EndpointFilters filters={filters} onChange={set} />
      <Panel title={result.data === undefined ? "Inventory" : total(result.data.total)} flush>
        <Loaded query={result}>
          {({ items }) =>
            items.length === 0 ? (
              <Notice
                title="No endpoint to show."
                detail="Send traffic through the gateway, or loosen the filters."
              />
            ) : (
              <EndpointTable
                key={query.toString()}
                endpoints={items}
                sort={filters["sort"] ?? "-score"}
                onSort={(sort) => set("sort", sort)}
              />
            )
          }
        </Loaded>
      </Panel>
      <Pager
        offset={Number(offset)}
        size={pageSize}
        total={result.data?.total ?? 0}
        onOffset={(next) => set("offset", String(next))}
      />
    </div>
  );
}

function total(endpoints: number): string {
  return `${count(endpoints)} ${endpoints === 1 ? "endpoint" : "endpoints"}`;
}
