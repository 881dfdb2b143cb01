import type { InventoryEvent, InventoryEventKind } from "../model/inventory-event.ts";

export interface EventQuery {
  readonly endpoint?: string;
  readonly kind?: InventoryEventKind;
  /** Leaves out what happened while the API was not known yet. */
  readonly newsOnly?: boolean;
  /** Continues behind this event. */
  readonly beforeMs?: number;
  readonly beforeId?: string;
  readonly limit: number;
}

/** The change history of the inventory; the oldest events are forgotten over the driver's bound. */
export interface EventStore {
  /** Saves events; one that is known by its id is left as it is. */
  appendEvents(events: readonly InventoryEvent[]): Promise<void>;
  /** Newest first. */
  listEvents(query: EventQuery): Promise<readonly InventoryEvent[]>;
}
