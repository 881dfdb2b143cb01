import { createChangeWatch } from "../discovery/change-watch.ts";
import type { EventStore } from "../discovery/event-store.ts";
import type { Inventory } from "../discovery/inventory.ts";
import type { InventoryEvent } from "../model/inventory-event.ts";

export interface InventoryWatchParts {
  readonly inventory: Inventory;
  readonly events: EventStore;
  readonly now: () => number;
  readonly newId: () => string;
  /** Tells people; must return at once. */
  readonly notify: (events: readonly InventoryEvent[]) => void;
  readonly onProblem: (problem: unknown) => void;
}

const initialMs = 3_600_000;

export interface InventoryWatch {
  look(): Promise<void>;
}

/** Looks for changes of the inventory, writes them down and tells of those that are news. */
export function createInventoryWatch(parts: InventoryWatchParts): InventoryWatch {
  const { inventory, now, newId } = parts;
  const known = [...inventory.endpoints()];
  const startedMs = known.reduce(
    (oldest, { calls, firstSeenMs }) => (calls > 0 ? Math.min(oldest, firstSeenMs) : oldest),
    now(),
  );
  const watch = createChangeWatch({ now, newId, startedMs, initialMs });
  watch.adopt(known);

  return {
    async look() {
      const events = watch.look(inventory.endpoints());
      if (events.length === 0) return;
      const news = events.filter(({ isInitial }) => !isInitial);
      if (news.length > 0) parts.notify(news);
      try {
        await parts.events.appendEvents(events);
      } catch (problem) {
        parts.onProblem(problem);
      }
    },
  };
}
