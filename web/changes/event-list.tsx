import { Link } from "@tanstack/react-router";
import type { ReactElement } from "react";
import type { InventoryEvent } from "../../src/model/inventory-event.ts";
import { Badge } from "../widgets/badges.tsx";
import { BreakableKey } from "../widgets/endpoint-name.tsx";
import { timeOf, words } from "../widgets/format.ts";
import { Notice } from "../widgets/notice.tsx";

const tones: Readonly<Record<InventoryEvent["kind"], "mute" | "warn" | "bad" | "accent">> = {
  new: "accent",
  "schema-changed": "mute",
  "newly-exposed": "bad",
  "newly-sensitive": "bad",
  "authentication-changed": "warn",
  dormant: "mute",
  woken: "warn",
};

/** Changes of the inventory, newest first; without the endpoint's name where it is known. */
export function EventList(props: {
  readonly events: readonly InventoryEvent[];
  readonly isOfOneEndpoint?: boolean;
}): ReactElement {
  if (props.events.length === 0) {
    return (
      <Notice
        title="No change so far."
        detail="What is new, changed, exposed, open or woken is listed here."
      />
    );
  }
  return (
    <ul className="rows">
      {props.events.map((event) => (
        <li key={event.id} className="grid gap-1 border-t border-line px-4 py-2">
          <span className="flex flex-wrap items-center gap-2">
            <Badge tone={tones[event.kind]}>{words(event.kind)}</Badge>
            <span className="text-xs text-mute">{timeOf(event.timeMs)}</span>
            {event.isInitial && (
              <span className="text-xs text-mute">while the API was still being learned</span>
            )}
          </span>
          {props.isOfOneEndpoint !== true && (
            <Link to="/endpoints/$id" params={{ id: event.endpointId }}>
              <code className="code-text">
                <BreakableKey text={event.endpoint} />
              </code>
            </Link>
          )}
          <span className="[overflow-wrap:anywhere]">{event.summary}</span>
        </li>
      ))}
    </ul>
  );
}
