import type { Decision } from "../model/decision.ts";
import type { EndpointProfile, Lifecycle } from "../model/endpoint.ts";
import type { Exchange } from "../model/exchange.ts";
import type { EndpointEntry } from "./endpoint-entry.ts";
import { learnInto } from "./endpoint-entry.ts";
import { EndpointRegistry, type FoundEndpoint } from "./endpoint-registry.ts";
import { defaultInventoryLimits, type InventoryOptions } from "./inventory-options.ts";
import type { InventoryPart } from "./inventory-store.ts";
import { type Observation, observationOf, outcomeOf } from "./observation.ts";
import { createScanningSources } from "./scanning-sources.ts";
import type { Specification } from "./specifications/specification.ts";
import { countCalls } from "./steps/traffic.ts";
import { operationsOf } from "./styles/operations-of.ts";

/** Why an exchange taught nothing. */
export type IgnoredReason =
  | "no-response"
  | "method"
  | "host"
  | "path"
  | "attack"
  | "scanning-source"
  /** Answered with an error where no endpoint is known. */
  | "unknown-path"
  /** A file that web pages load. */
  | "web-asset"
  | "inventory-full";

export interface LearnResult {
  readonly endpointId?: string;
  readonly endpointKey?: string;
  readonly lifecycle?: Lifecycle;
  /** The endpoint was not known before. */
  readonly isNew: boolean;
  readonly ignored?: IgnoredReason;
}

export interface LightCount {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: number;
  readonly timeMs: number;
  readonly count: number;
}

export interface InventoryCounts {
  readonly endpoints: number;
  readonly hosts: number;
  readonly ignored: Readonly<Partial<Record<IgnoredReason, number>>>;
}

/** All endpoints with what was learned of each. */
export interface Inventory {
  learn(record: { readonly exchange: Exchange; readonly decision?: Decision }): LearnResult;
  endpoints(): Iterable<EndpointProfile>;
  endpoint(id: string): EndpointProfile | undefined;
  /** The endpoint that a request belongs to, if one is known; learns nothing. */
  endpointOf(
    method: string,
    host: string,
    path: string,
    operation?: string,
  ): { readonly id: string; readonly key: string } | undefined;
  recordAttack(endpointId: string): void;
  /** Counts exchanges of which only this much is known, because the learning path shed them. */
  countLight(count: LightCount): void;
  addSpecification(specification: Specification): void;
  /** What changed since the last time, to be saved. */
  takeChanges(): readonly InventoryPart[];
  restore(parts: readonly InventoryPart[]): void;
  counts(): InventoryCounts;
}

/** Creates an empty inventory; all its bounds are in `InventoryLimits`. */
export function createInventory(options: InventoryOptions = {}): Inventory {
  const limits = { ...defaultInventoryLimits, ...options.limits };
  const registry = new EndpointRegistry(limits, options.now);
  const sources = createScanningSources(limits.clientsMax);
  const ignored: Partial<Record<IgnoredReason, number>> = {};

  const ignore = (reason: IgnoredReason, found?: FoundEndpoint): LearnResult => {
    ignored[reason] = (ignored[reason] ?? 0) + 1;
    return { ...registry.referenceTo(found?.entry), isNew: false, ignored: reason };
  };

  const suspect = (client: string, suspicion: number): void => {
    // What only a scanner was ever answered, before it was known as one, is no endpoint.
    if (sources.count(client, suspicion) === "found") registry.retract(client);
  };

  return {
    learn({ exchange, decision }) {
      const seen = seenOf(exchange);
      if (typeof seen === "string") return ignore(seen);
      const { client } = exchange;
      const known = registry.find(seen);
      if (decision !== undefined && isAttack(decision)) {
        suspect(client, 2);
        return ignore("attack", known);
      }
      suspect(client, suspicionOf(seen.status, known !== undefined));
      if (sources.isScanning(client)) return ignore("scanning-source", known);
      const observation = observationOf(exchange, seen.status, {
        pathSegments: [],
        pathValues: [],
        isDetailed: true,
      });
      return learnOperations(registry, seen, observation, ignore);
    },

    endpoints: () => registry.profiles(),
    endpoint: (id) => registry.profile(id),

    endpointOf(method, host, path, operation) {
      const found = registry.find({ method, host: host.toLowerCase(), path, operation });
      const reference = registry.referenceTo(found?.entry);
      if (reference.endpointId === undefined) return undefined;
      return { id: reference.endpointId, key: reference.endpointKey };
    },

    recordAttack(endpointId) {
      registry.countAttack(endpointId);
    },

    countLight({ method, host, path, status, timeMs, count }) {
      const seen = { method, host: host.toLowerCase(), path };
      const isEvidence = status < 400 && createsEndpoint(status) && learnedMethods.has(method);
      const found = isEvidence
        ? registry.findOrCreate(seen, { style: "rest" })
        : registry.find(seen);
      if (found === undefined || typeof found === "string") return;
      countCalls(found.entry.traffic, { timeMs, status, calls: count });
      registry.touch(found.entry, timeMs);
    },

    addSpecification: (specification) => registry.addSpecification(specification),
    takeChanges: () => registry.takeChanges(),
    restore: (parts) => registry.restore(parts),
    counts: () => ({ ...registry.counts(), ignored: { ...ignored } }),
  };
}

interface Seen {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: number;
}

/** OPTIONS are preflights; CONNECT and TRACE are no API. */
const learnedMethods: ReadonlySet<string> = new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "QUERY",
]);

function seenOf(exchange: Exchange): Seen | IgnoredReason {
  const { request, response, upgrade } = exchange;
  const status = response?.status ?? (upgrade === undefined ? undefined : 101);
  if (status === undefined) return "no-response";
  if (!learnedMethods.has(request.method)) return "method";
  const host = hostOf(request);
  if (host === undefined) return "host";
  return { method: request.method, host, path: request.path, status };
}

/** The host in lower case, without the port that its scheme implies. */
function hostOf({ scheme, authority }: Exchange["request"]): string | undefined {
  const host = authority.toLowerCase();
  if (!/^[\w.\-:[\]%]{1,255}$/.test(host)) return undefined;
  const implied = scheme === "http" ? ":80" : ":443";
  return host.endsWith(implied) ? host.slice(0, -implied.length) : host;
}

function isAttack({ action, wouldBe, detections }: Decision): boolean {
  // A detection of low confidence is often an honest value; it must not stop learning.
  return (
    action === "block" ||
    wouldBe === "block" ||
    detections.some(({ confidence }) => confidence !== "low")
  );
}

/** How much an answer looks like searching: paths that do not exist, on endpoints unknown. */
function suspicionOf(status: number, isKnown: boolean): number {
  if (status === 404 || status === 405 || status === 410) return isKnown ? 0.2 : 1;
  if (status === 400 || status === 401 || status === 403) return isKnown ? 0 : 0.5;
  return 0;
}

/** Redirections of a whole site (to https, to a slash, to another host) create nothing. */
function createsEndpoint(status: number): boolean {
  return status !== 301 && status !== 307 && status !== 308;
}

function learnOperations(
  registry: EndpointRegistry,
  seen: Seen,
  observation: Observation,
  ignore: (reason: IgnoredReason, found?: FoundEndpoint) => LearnResult,
): LearnResult {
  const isEvidence =
    outcomeOf(seen.status, observation.responseHeaders) === "success" &&
    createsEndpoint(seen.status);
  if (isEvidence) registry.observe(seen);
  let result: LearnResult | undefined;
  let refusal: IgnoredReason = "unknown-path";
  for (const { style, name } of operationsOf(observation)) {
    const asked = { ...seen, operation: name };
    const found = isEvidence ? registry.findOrCreate(asked, { style }) : registry.find(asked);
    if (found === undefined || typeof found === "string") {
      refusal = found ?? refusal;
      continue;
    }
    const { entry, place } = found;
    learnInto(entry, {
      ...observation,
      pathSegments: place.segments,
      pathValues: place.values,
      isDetailed: isDetailed(entry),
    });
    registry.touch(entry, observation.exchange.timeMs);
    result ??= { ...registry.referenceTo(entry), isNew: found.isNew };
  }
  return result ?? ignore(refusal);
}

/** Looks at every body of a young endpoint, then at ever fewer: what is new gets rare. */
function isDetailed({ traffic }: EndpointEntry): boolean {
  if (traffic.successes < 500) return true;
  return traffic.successes % (traffic.successes < 5_000 ? 8 : 32) === 0;
}
