import type { EndpointProfile } from "../model/endpoint.ts";
import type { ServiceCall } from "../model/service-call.ts";
import type { HostMerge, TemplatePin } from "../model/template-pin.ts";
import type { Specification } from "../specifications/specification.ts";
import { type CallGraph, createCallGraph } from "./call-graph.ts";
import { pinsMax } from "./decided.ts";
import { EndpointRegistry } from "./endpoint-registry.ts";
import { type HostLikeness, similarHosts } from "./host-likeness.ts";
import { defaultInventoryLimits, type InventoryOptions } from "./inventory-options.ts";
import type { InventoryPart } from "./inventory-store.ts";
import { createLearner, hostOf, isEvidence, type LearnRecord } from "./learn-exchange.ts";
import type { IgnoredReason, LearnResult } from "./learn-result.ts";
import {
  type PinOrigin,
  type PinRequest,
  pinOf,
  type RefusedPin,
  type TemplateSegment,
  templateSegmentsOf,
} from "./pin-request.ts";
import { countCalls } from "./steps/traffic.ts";

/** All endpoints with what was learned of each. */
export interface Inventory {
  learn(record: LearnRecord): LearnResult;
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
  /** Counts something that was found out about an endpoint elsewhere, under an observation's name. */
  recordObservation(endpointId: string, name: string): void;
  /** Counts exchanges of which only this much is known, because the learning path shed them. */
  countLight(count: {
    readonly method: string;
    readonly host: string;
    readonly path: string;
    readonly status: number;
    readonly timeMs: number;
    readonly count: number;
  }): void;
  addSpecification(specification: Specification): void;
  /** Puts these specifications in the place of all before. */
  replaceSpecifications(specifications: readonly Specification[]): void;
  /** The segments of an endpoint's template and what may be decided about them. */
  templateOf(endpointId: string): readonly TemplateSegment[] | undefined;
  /** Decides about a template for good; later learning never undoes it. */
  pin(request: PinRequest, origin: PinOrigin): TemplatePin | RefusedPin;
  /** Takes a decision back; tells whether there was one. */
  unpin(id: string): boolean;
  pins(): readonly TemplatePin[];
  /** Lists the endpoints of a host under another from now on; tells whether that makes sense. */
  mergeHosts(merge: HostMerge): boolean;
  /** Lists what comes from now on under the host itself again; what was learned stays. */
  unmergeHost(host: string): boolean;
  hostMerges(): readonly HostMerge[];
  /** Which service calls which, busiest first. */
  serviceCalls(): readonly ServiceCall[];
  /** Hosts that seem to serve the same API, most alike first. */
  similarHosts(): readonly HostLikeness[];
  /** What changed since the last time, to be saved. */
  takeChanges(): readonly InventoryPart[];
  restore(parts: readonly InventoryPart[]): void;
  counts(): InventoryCounts;
}

interface InventoryCounts {
  readonly endpoints: number;
  readonly hosts: number;
  /** How many exchanges taught nothing, and why. */
  readonly ignored: Readonly<Partial<Record<IgnoredReason, number>>>;
}

/** Creates an empty inventory; all its bounds are in `InventoryLimits`. */
export function createInventory(options: InventoryOptions = {}): Inventory {
  const limits = { ...defaultInventoryLimits, ...options.limits };
  const registry = new EndpointRegistry(limits, options.now);
  const graph = createCallGraph(limits.serviceCallsMax);
  const ignored: Partial<Record<IgnoredReason, number>> = {};

  return {
    learn: createLearner({ registry, limits, graph }, (reason, found) => {
      ignored[reason] = (ignored[reason] ?? 0) + 1;
      return { ...registry.referenceTo(found?.entry), isNew: false, ignored: reason };
    }),

    endpoints: () => registry.profiles(),
    endpoint: (id) => registry.profile(id),

    endpointOf(method, host, path, operation) {
      const found = registry.find({ method, host: hostOf(host) ?? "", path, operation });
      const reference = registry.referenceTo(found?.entry);
      if (reference.endpointId === undefined) return undefined;
      return { id: reference.endpointId, key: reference.endpointKey };
    },

    recordAttack(endpointId) {
      registry.countAttack(endpointId);
    },

    recordObservation(endpointId, name) {
      registry.countObservation(endpointId, name);
    },

    countLight({ method, host, path, status, timeMs, count }) {
      const seen = { method, host: hostOf(host) ?? "", path };
      const creates = seen.host !== "" && isEvidence(method, status);
      if (creates) registry.observe(seen);
      const found = creates ? registry.findOrCreate(seen, { style: "rest" }) : registry.find(seen);
      if (found === undefined || typeof found === "string") return;
      countCalls(found.entry.traffic, { timeMs, status, calls: count });
      registry.touch(found.entry, timeMs);
    },

    addSpecification: (specification) => registry.addSpecification(specification),
    replaceSpecifications: (specifications) => registry.replaceSpecifications(specifications),
    ...decisionsOf(registry),
    serviceCalls: () => graph.calls(),
    takeChanges: () => [...registry.takeChanges(), ...savedGraph(graph)],
    restore(parts) {
      registry.restore(parts);
      const saved = parts.find(({ key }) => key === graphKey)?.json;
      if (saved !== undefined) tryRestore(graph, saved);
    },
    counts: () => ({ ...registry.counts(), ignored: { ...ignored } }),
  };
}

const graphKey = "call-graph";

function savedGraph(graph: CallGraph): readonly InventoryPart[] {
  const json = graph.takeUnsaved();
  return json === undefined ? [] : [{ key: graphKey, json }];
}

/** What cannot be read is learned again. */
function tryRestore(graph: CallGraph, json: string): void {
  try {
    graph.restore(json);
  } catch {
    return;
  }
}

function decisionsOf(
  registry: EndpointRegistry,
): Pick<
  Inventory,
  | "templateOf"
  | "pin"
  | "unpin"
  | "pins"
  | "mergeHosts"
  | "unmergeHost"
  | "hostMerges"
  | "similarHosts"
> {
  return {
    templateOf(endpointId) {
      const found = registry.wayOf(endpointId);
      return found === undefined ? undefined : templateSegmentsOf(found.way);
    },

    pin(request, origin) {
      const found = registry.wayOf(request.endpoint);
      if (found === undefined) return { refused: "The inventory has no such endpoint." };
      const { decided } = registry;
      if (decided.pins.length >= pinsMax) {
        return { refused: `There are ${pinsMax} decisions already. Take some back first.` };
      }
      const pin = pinOf(request, found, origin);
      if ("refused" in pin) return pin;
      registry.decide({ ...decided, pins: [...decided.pins, pin] });
      return pin;
    },

    unpin(id) {
      const { decided } = registry;
      const pins = decided.pins.filter((pin) => pin.id !== id);
      if (pins.length === decided.pins.length) return false;
      registry.decide({ ...decided, pins });
      return true;
    },

    pins: () => registry.decided.pins,

    mergeHosts(merge) {
      const { decided } = registry;
      const { host, into } = merge;
      const isChain = decided.hostMerges.some(
        (known) => known.host === into || known.into === host,
      );
      if (host === into || isChain || !registry.hosts().includes(into)) return false;
      const others = decided.hostMerges.filter((known) => known.host !== host);
      registry.decide({ ...decided, hostMerges: [...others, merge] });
      return true;
    },

    unmergeHost(host) {
      const { decided } = registry;
      const hostMerges = decided.hostMerges.filter((known) => known.host !== host);
      if (hostMerges.length === decided.hostMerges.length) return false;
      registry.decide({ ...decided, hostMerges });
      return true;
    },

    hostMerges: () => registry.decided.hostMerges,
    similarHosts: () => similarHosts(registry.profiles()),
  };
}
