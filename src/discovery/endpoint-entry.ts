import { createHash } from "node:crypto";
import type { EndpointProfile, Style } from "../model/endpoint.ts";
import { isRecord } from "../model/is-record.ts";
import type { LifecycleStatement } from "./lifecycle.ts";
import type { Observation } from "./observation.ts";
import { shapeOf } from "./paths/template-shape.ts";
import { hashOf } from "./sketches/distinct-counter.ts";
import { builtInSteps } from "./steps/index.ts";
import { type Traffic, traffic } from "./steps/traffic.ts";

/** One endpoint with everything learned of it. Mutable; owned by the inventory. */
export interface EndpointEntry {
  id: string;
  readonly method: string;
  host: string;
  readonly operation: string | undefined;
  style: Style;
  /** A path that was seen, from which the template is found again when parameters are decided anew. */
  samplePath: string;
  /** Another one, in case the first turns out to be an endpoint of its own. */
  otherPath?: string;
  template: string;
  /** A person named one of its parameters, which then goes over the specification's name. */
  isNamed?: boolean;
  /** Most calls end with a slash. */
  hasSlash: boolean;
  readonly traffic: Traffic;
  readonly states: Map<string, unknown>;
  attacks: number;
  /** Hash of the one client that was answered with success, or -1 when several were. */
  client: number | undefined;
}

export interface EndpointIdentity {
  readonly method: string;
  readonly host: string;
  readonly template: string;
  readonly operation: string | undefined;
}

export function createEndpointEntry(
  identity: EndpointIdentity,
  options: { style: Style; samplePath: string },
): EndpointEntry {
  return {
    ...identity,
    ...options,
    id: endpointIdOf(identity),
    hasSlash: false,
    traffic: traffic.create(),
    states: new Map(builtInSteps.map((step) => [step.name, step.create()])),
    attacks: 0,
    client: undefined,
  };
}

const severalClients = -1;

/** Stays the same when only the names of parameters change. */
export function identityKeyOf({ method, host, template, operation }: EndpointIdentity): string {
  return `${method} ${host}${shapeOf(template)}${operation === undefined ? "" : ` ${operation}`}`;
}

export function endpointIdOf(identity: EndpointIdentity): string {
  return createHash("sha256").update(identityKeyOf(identity)).digest("hex").slice(0, 16);
}

export function learnInto(entry: EndpointEntry, observation: Observation): void {
  traffic.learn(observation, entry.traffic);
  if (observation.outcome === "success" && entry.client !== severalClients) {
    const client = hashOf(observation.exchange.client);
    entry.client = entry.client === undefined || entry.client === client ? client : severalClients;
  }
  for (const step of builtInSteps) step.learn(observation, entry.states.get(step.name));
}

export function mergeEntries(into: EndpointEntry, from: EndpointEntry): void {
  traffic.merge(into.traffic, from.traffic);
  for (const step of builtInSteps)
    step.merge(into.states.get(step.name), from.states.get(step.name));
  into.attacks += from.attacks;
  into.otherPath = from.samplePath;
  into.client ??= from.client;
  if (from.client !== undefined && from.client !== into.client) into.client = severalClients;
}

/** What is known of an endpoint, apart from its lifecycle. */
export function factsOf(entry: EndpointEntry): Omit<EndpointProfile, keyof LifecycleStatement> {
  const { id, method, host, template, operation, style, attacks } = entry;
  const context = {
    method,
    template,
    successes: entry.traffic.successes,
    clients: 0,
  };
  const parts: Partial<EndpointProfile>[] = [traffic.describe(entry.traffic, context)];
  for (const step of builtInSteps) {
    const clients = parts.find((part) => part.clients !== undefined)?.clients ?? 0;
    parts.push(step.describe(entry.states.get(step.name), { ...context, clients }));
  }
  return {
    ...emptyFacts,
    ...(Object.assign({}, ...parts) as Partial<EndpointProfile>),
    id,
    method,
    host,
    path: template,
    ...(operation === undefined ? {} : { operation }),
    style,
    attacks,
  };
}

const emptyFacts = {
  calls: 0,
  firstSeenMs: 0,
  lastSeenMs: 0,
  statuses: {},
  requestMediaTypes: {},
  responseMediaTypes: {},
  parameters: [],
  authentication: {
    kinds: [],
    confidence: 0,
    counts: { successWith: 0, successWithout: 0, refusedWith: 0, refusedWithout: 0 },
  },
  exposure: "unknown",
  sensitiveData: [],
  clients: 0,
  principals: 0,
  durationMs: { p50: 0, p95: 0 },
  schemas: {},
  observations: {},
} as const;

/** Restores an entry from its saved form; steps added since start empty. */
export function restoredEntry(saved: unknown): EndpointEntry | undefined {
  if (!isRecord(saved) || typeof saved["id"] !== "string" || !isRecord(saved["traffic"])) {
    return undefined;
  }
  const entry = saved as unknown as EndpointEntry;
  const fresh = traffic.create();
  Object.assign(entry.traffic, { ...fresh, ...entry.traffic });
  for (const step of builtInSteps) {
    if (!entry.states.has(step.name)) entry.states.set(step.name, step.create());
  }
  return entry;
}
