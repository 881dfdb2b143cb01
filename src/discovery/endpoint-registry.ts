import type { EndpointProfile, Lifecycle, Style } from "../model/endpoint.ts";
import { endpointKeyOf } from "../model/endpoint.ts";
import type { DocumentedOperation, Specification } from "../specifications/specification.ts";
import { specificationsFor } from "./documented-operations.ts";
import {
  createEndpointEntry,
  type EndpointEntry,
  factsOf,
  identityKeyOf,
} from "./endpoint-entry.ts";
import { type AskedPath, type FoundPlace, HostInventory } from "./host-inventory.ts";
import type { InventoryLimits } from "./inventory-options.ts";
import type { InventoryPart } from "./inventory-store.ts";
import { lifecycleOf } from "./lifecycle.ts";
import { orphanOf } from "./orphan.ts";
import { restoredParts, savedParts } from "./saved-inventory.ts";
import { hashOf } from "./sketches/distinct-counter.ts";
import type { Weaknesses } from "./steps/weaknesses.ts";

export interface AskedEndpoint extends AskedPath {
  readonly host: string;
}

export interface FoundEndpoint {
  readonly entry: EndpointEntry;
  readonly place: FoundPlace;
  readonly isNew: boolean;
}

export type EndpointReference =
  | { readonly endpointId: string; readonly endpointKey: string; readonly lifecycle: Lifecycle }
  | { readonly endpointId?: never };

/** Finds, creates and describes endpoints over all hosts, and keeps track of what must be saved. */
export class EndpointRegistry {
  readonly #limits: InventoryLimits;
  readonly #now: (() => number) | undefined;
  readonly #hosts = new Map<string, HostInventory>();
  readonly #byId = new Map<string, EndpointEntry>();
  /** Former ids of endpoints that became part of another, with the id of that. */
  readonly #aliases = new Map<string, string>();
  readonly #dirty = new Set<string>();
  readonly #profiles = new WeakMap<
    EndpointEntry,
    { readonly of: string; readonly profile: EndpointProfile }
  >();
  #specifications: Specification[] = [];
  #newestMs = 0;

  constructor(limits: InventoryLimits, now: (() => number) | undefined) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Counts a path that answered with success, which is what templates are told from. */
  observe({ host, path, method }: AskedEndpoint): void {
    const hostInventory = this.#hosts.get(host) ?? this.#addHost(host);
    if (hostInventory === undefined) return;
    hostInventory.observe(path, method);
    if (hostInventory.isDue) this.#refresh(hostInventory);
  }

  find(asked: AskedEndpoint): FoundEndpoint | undefined {
    const found = this.#hosts.get(asked.host)?.find(asked);
    return found === undefined ? undefined : { ...found, isNew: false };
  }

  findOrCreate(
    asked: AskedEndpoint,
    options: { readonly style: Style },
  ): FoundEndpoint | "path" | "web-asset" | "inventory-full" {
    const hostInventory = this.#hosts.get(asked.host) ?? this.#addHost(asked.host);
    if (hostInventory === undefined) return "inventory-full";
    const place = hostInventory.place(asked.path);
    if (place === undefined) return "path";
    if (place.isWebAsset) return "web-asset";
    const identity = { ...asked, template: place.template, operation: asked.operation };
    const known = hostInventory.get(identity);
    if (known !== undefined) return { entry: known, place, isNew: false };
    if (this.#byId.size >= this.#limits.endpointsMax) return "inventory-full";
    const entry = createEndpointEntry(
      {
        method: asked.method,
        host: asked.host,
        template: place.template,
        operation: asked.operation,
      },
      { style: options.style, samplePath: asked.path },
    );
    hostInventory.add(entry);
    this.#byId.set(entry.id, entry);
    this.#aliases.delete(entry.id);
    return { entry, place, isNew: true };
  }

  /** Marks an endpoint as changed at a time. */
  touch(entry: EndpointEntry, timeMs: number): void {
    this.#dirty.add(entry.id);
    if (timeMs > this.#newestMs) this.#newestMs = timeMs;
  }

  countAttack(id: string): void {
    const entry = this.#entry(id);
    if (entry === undefined) return;
    entry.attacks += 1;
    this.#dirty.add(entry.id);
  }

  /**
   * Forgets the endpoints that only this client was ever answered by, once or twice. What it used
   * more often it used as a client: on a loopback everybody is one.
   */
  retract(client: string): void {
    const hash = hashOf(client);
    for (const entry of [...this.#byId.values()]) {
      if (entry.client === hash && entry.traffic.successes <= 2) this.#remove(entry);
    }
  }

  /** Forgets the endpoint of a path if it was hardly ever called. */
  retractPath(asked: AskedEndpoint): void {
    const entry = this.find(asked)?.entry;
    if (entry !== undefined && entry.traffic.successes <= 2) this.#remove(entry);
  }

  referenceTo(entry: EndpointEntry | undefined): EndpointReference {
    if (entry === undefined) return {};
    const { id, method, host, template, operation } = entry;
    const path = this.#documentedOf(entry)?.path ?? template;
    return {
      endpointId: id,
      endpointKey: endpointKeyOf({
        method,
        host,
        path,
        ...(operation === undefined ? {} : { operation }),
      }),
      lifecycle: this.#lifecycleOf(entry).lifecycle,
    };
  }

  profile(id: string): EndpointProfile | undefined {
    const entry = this.#entry(id);
    if (entry !== undefined) return this.#profileOf(entry);
    for (const orphan of this.#orphans()) if (orphan.id === id) return orphan;
    return undefined;
  }

  *profiles(): Generator<EndpointProfile> {
    for (const host of this.#hosts.values()) if (host.isStale) this.#refresh(host);
    for (const entry of [...this.#byId.values()]) {
      if (!this.#isShadowOfGet(entry)) yield this.#profileOf(entry);
    }
    yield* this.#orphans();
  }

  addSpecification(specification: Specification): void {
    this.#specifications = [...this.#specifications, specification];
    for (const [name, host] of this.#hosts) this.#document(name, host);
  }

  takeChanges(): readonly InventoryPart[] {
    for (const host of this.#hosts.values()) if (host.isDue) this.#refresh(host);
    const parts = savedParts(this.#dirty, this.#byId, this.#hosts);
    this.#dirty.clear();
    return parts;
  }

  restore(parts: readonly InventoryPart[]): void {
    const { hosts, entries } = restoredParts(parts);
    for (const [name, root] of hosts) (this.#hosts.get(name) ?? this.#addHost(name))?.restore(root);
    for (const entry of entries) {
      const host = this.#hosts.get(entry.host) ?? this.#addHost(entry.host);
      if (host === undefined || this.#byId.size >= this.#limits.endpointsMax) continue;
      host.add(entry);
      this.#byId.set(entry.id, entry);
      this.#newestMs = Math.max(this.#newestMs, entry.traffic.lastSeenMs);
    }
    for (const host of this.#hosts.values()) this.#refresh(host);
  }

  counts(): { readonly endpoints: number; readonly hosts: number } {
    return { endpoints: this.#byId.size, hosts: this.#hosts.size };
  }

  #remove(entry: EndpointEntry): void {
    this.#byId.delete(entry.id);
    this.#dirty.add(entry.id);
    this.#hosts.get(entry.host)?.remove(entry);
  }

  #entry(id: string): EndpointEntry | undefined {
    return this.#byId.get(id) ?? this.#byId.get(this.#aliases.get(id) ?? "");
  }

  #addHost(name: string): HostInventory | undefined {
    if (this.#hosts.size >= this.#limits.hostsMax) return undefined;
    const host = new HostInventory(name, {
      placesMax: this.#limits.placesPerHostMax,
      candidatesMax: this.#limits.candidatesMax,
    });
    this.#hosts.set(name, host);
    this.#document(name, host);
    return host;
  }

  #document(name: string, host: HostInventory): void {
    const seen = new Set(this.#hosts.keys());
    const applicable = specificationsFor(name, this.#specifications, seen);
    if (host.document(applicable)) this.#refresh(host);
  }

  /** Decides anew what are parameters, and joins the endpoints that turned out to be one. */
  #refresh(host: HostInventory): void {
    const moved = host.refresh();
    // An id that was left may be taken by another endpoint at once.
    for (const { from } of moved) this.#byId.delete(from);
    for (const { from, into } of moved) {
      this.#dirty.add(from);
      if (into === undefined) continue;
      this.#dirty.add(into.id);
      this.#byId.set(into.id, into);
      this.#aliases.delete(into.id);
      if (this.#aliases.size < this.#limits.aliasesMax) this.#aliases.set(from, into.id);
    }
  }

  #documentedOf(entry: EndpointEntry): DocumentedOperation | undefined {
    return this.#hosts.get(entry.host)?.documented.find(entry.method, entry.template);
  }

  /** Every GET answers HEAD as well; that is no endpoint of its own unless documented as one. */
  #isShadowOfGet(entry: EndpointEntry): boolean {
    if (entry.method !== "HEAD" || this.#documentedOf(entry) !== undefined) return false;
    return this.#hosts.get(entry.host)?.get({ ...entry, method: "GET" }) !== undefined;
  }

  #lifecycleOf(entry: EndpointEntry): ReturnType<typeof lifecycleOf> {
    const weaknesses = entry.states.get("weaknesses") as Weaknesses | undefined;
    return lifecycleOf({
      ...entry.traffic,
      documented: this.#documentedOf(entry),
      deprecatedHeaders: weaknesses?.observations.get("deprecated-header") ?? 0,
      nowMs: this.#now?.() ?? this.#newestMs,
    });
  }

  #profileOf(entry: EndpointEntry): EndpointProfile {
    const documented = this.#documentedOf(entry);
    const slash = entry.hasSlash && entry.template !== "/" ? "/" : "";
    const path = documented?.path ?? `${entry.template}${slash}`;
    const lifecycle = this.#lifecycleOf(entry);
    const { calls, lastSeenMs } = entry.traffic;
    const of = `${identityKeyOf(entry)} ${path} ${calls} ${lastSeenMs} ${entry.attacks} ${lifecycle.lifecycle}`;
    const known = this.#profiles.get(entry);
    if (known?.of === of) return known.profile;
    const profile: EndpointProfile = { ...factsOf(entry), ...lifecycle, path };
    this.#profiles.set(entry, { of, profile });
    return profile;
  }

  /** Documented, never called. */
  *#orphans(): Generator<EndpointProfile> {
    for (const [name, host] of this.#hosts) {
      for (const operation of host.uncalled()) yield orphanOf(name, operation);
    }
    if (this.#hosts.size > 0) return;
    for (const { hosts, operations } of this.#specifications) {
      for (const operation of operations) yield orphanOf(hosts[0] ?? "", operation);
    }
  }
}
