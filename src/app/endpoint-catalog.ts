import type { Inventory } from "../discovery/inventory.ts";
import type { Endpoint, EndpointProfile } from "../model/endpoint.ts";
import { assessRisk } from "../risk/score.ts";

/** The inventory with its risks, as people look at it. */
export interface EndpointCatalog {
  /** Riskiest first; at most `freshMs` old, because scoring a thousand endpoints takes a while. */
  all(): readonly Endpoint[];
  find(id: string): Endpoint | undefined;
}

export function createEndpointCatalog(options: {
  readonly inventory: Inventory;
  readonly now: () => number;
  readonly freshMs: number;
}): EndpointCatalog {
  const { inventory, now, freshMs } = options;
  let cached: readonly Endpoint[] = [];
  let cachedMs = Number.NEGATIVE_INFINITY;

  return {
    all() {
      if (now() - cachedMs < freshMs) return cached;
      cached = [...inventory.endpoints()]
        .map(withRisk)
        .sort((a, b) => b.risk.score - a.risk.score || b.calls - a.calls);
      cachedMs = now();
      return cached;
    },

    find(id) {
      const profile = inventory.endpoint(id);
      return profile === undefined ? undefined : withRisk(profile);
    },
  };
}

function withRisk(profile: EndpointProfile): Endpoint {
  return { ...profile, risk: assessRisk(profile) };
}
