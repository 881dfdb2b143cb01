import type { Inventory } from "../discovery/inventory.ts";
import type { EndpointProfile } from "../model/endpoint.ts";
import type { KnownEndpoint } from "../protection/knowledge.ts";
import { type Log, messageOf } from "./log.ts";

/** What the gateway's threads are told of the inventory. */
export interface LearnedEndpoints {
  /** Tells the threads when there is something new. Never rejects. */
  look(): Promise<void>;
}

export interface LearnedEndpointsParts {
  readonly inventory: Pick<Inventory, "endpoints">;
  /** Gives what is known to the threads. */
  readonly apply: (endpoints: readonly KnownEndpoint[]) => Promise<void>;
  readonly log: Log;
}

/** A template that fewer calls made may still change. */
const callsMin = 10;
/** Endpoints that the threads are told of: the most called ones. */
const endpointsMax = 5_000;
/** Looks after which types and schemas are told anew although no endpoint came or went. */
const looksBetweenRefreshes = 60;

export function createLearnedEndpoints(parts: LearnedEndpointsParts): LearnedEndpoints {
  let told = "";
  let looks = 0;
  return {
    async look() {
      looks += 1;
      const endpoints = certainOf([...parts.inventory.endpoints()]);
      const places = endpoints.map(({ id }) => id).sort();
      const isRefresh = looks % looksBetweenRefreshes === 0 && endpoints.length > 0;
      if (places.join() === told && !isRefresh) return;
      try {
        await parts.apply(endpoints);
        told = places.join();
      } catch (error) {
        parts.log({ level: "error", event: "learned-not-applied", message: messageOf(error) });
      }
    },
  };
}

function certainOf(all: readonly EndpointProfile[]): readonly KnownEndpoint[] {
  return all
    .filter(({ calls }) => calls >= callsMin)
    .sort((one, other) => other.calls - one.calls)
    .slice(0, endpointsMax)
    .map(({ id, method, host, path, operation, style, parameters, authentication, schemas }) => ({
      ...{ id, method, host, path, style, parameters, authentication, schemas },
      ...(operation === undefined ? {} : { operation }),
    }));
}
