import type { ReactElement } from "react";
import { useEvents } from "../api/queries.ts";
import { EventList } from "../changes/event-list.tsx";
import { Loaded } from "../widgets/loaded.tsx";
import { Panel } from "../widgets/panel.tsx";

/** What changed at one endpoint. */
export function EndpointHistory({ id }: { readonly id: string }): ReactElement {
  const query = useEvents(new URLSearchParams({ endpoint: id, limit: "20" }).toString());
  return (
    <Panel title="Changes" flush>
      <Loaded query={query}>{({ items }) => <EventList events={items} isOfOneEndpoint />}</Loaded>
    </Panel>
  );
}
