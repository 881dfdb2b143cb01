import type { Lifecycle } from "../model/endpoint.ts";
import type { Incident } from "../model/incident.ts";
import type { ExchangeRecord } from "./guard.ts";
import { ClientTrail } from "./incidents/client-trail.ts";

/** Ties what one client did to one incident: reconnaissance, probes, attacks, escalation, in order. */
export interface IncidentTracker {
  /** The incident as it stands after this exchange, or undefined when the exchange adds nothing to one. */
  observe(observation: Observation): Incident | undefined;
}

export interface Observation {
  readonly record: ExchangeRecord;
  readonly endpointKey?: string;
  readonly lifecycle?: Lifecycle;
  /** Who the caller proved to be; attacks are tied to it rather than to the address. */
  readonly principal?: string;
}

/** Clients remembered at a time, the longest silent one forgotten first; each under 32 KiB. */
const CLIENTS_MAX = 5_000;

/** A client silent for longer begins a new story. */
const SILENCE_MS = 30 * 60_000;

/** Bounded and on the learning path only. Goes by the exchanges' own time, so recorded traffic works too. */
export function createIncidentTracker(options: { readonly newId: () => string }): IncidentTracker {
  const trails = new Map<string, ClientTrail>();

  function trailOf(client: string, timeMs: number): ClientTrail {
    const known = trails.get(client);
    trails.delete(client);
    const isOver = known !== undefined && timeMs - known.lastSeenMs > SILENCE_MS;
    const trail = known === undefined || isOver ? new ClientTrail(client, options.newId) : known;
    trails.set(client, trail);
    if (trails.size > CLIENTS_MAX) {
      const [oldest] = trails.keys();
      if (oldest !== undefined) trails.delete(oldest);
    }
    return trail;
  }

  return {
    observe(observation) {
      const { exchange } = observation.record;
      const client = observation.principal ?? exchange.client;
      return trailOf(client, exchange.timeMs).observe(observation);
    },
  };
}
