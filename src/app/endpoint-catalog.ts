import type { Inventory } from "../discovery/inventory.ts";
import type { Endpoint } from "../model/endpoint.ts";
import { assessRisk } from "../risk/score.ts";
import type { RunningRiskDesk } from "./risk-desk.ts";

/** The inventory with its risks, as people look at it. */
export interface EndpointCatalog {
  /** Riskiest first. */
  all(): readonly Endpoint[];
  /** By its id, or by one that it had before it became part of another. */
  find(id: string): Endpoint | undefined;
}

export function createEndpointCatalog(options: {
  readonly inventory: Inventory;
  readonly risk: RunningRiskDesk;
}): EndpointCatalog {
  const { inventory, risk } = options;
  return {
    all: () => risk.endpoints(),

    find(id) {
      const profile = inventory.endpoint(id);
      if (profile === undefined) return undefined;
      const assessed = risk.endpoints().find((endpoint) => endpoint.id === profile.id);
      // Known for less than a second: assessed on its own until it is part of the whole.
      return { ...profile, risk: assessed?.risk ?? assessRisk(profile) };
    },
  };
}
