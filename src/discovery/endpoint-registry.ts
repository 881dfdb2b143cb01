import type { EndpointProfile, Lifecycle, Style } from "../model/endpoint.ts";
import { endpointKeyOf } from "../model/endpoint.ts";
import type { DocumentedOperation, Specification } from "../specifications/specification.ts";
import { type Decided, nothingDecided, ownerOf } from "./decided.ts";
import { specificationsFor } from "./documented-operations.ts";
import {
  createEndpointEntry,
  type EndpointEntry,
  endpointIdOf,
  factsOf,
  identityKeyOf,
  mergeEntries,
} from "./endpoint-entry.ts";
import { type AskedPath, type FoundPlace, HostInventory } from "./host-inventory.ts";
import type { InventoryLimits } from "./inventory-options.ts";
import type { InventoryPart } from "./inventory-store.ts";
import { lifecycleOf } from "./lifecycle.ts";
import { orphanOf } from "./orphan.ts";
import type { PathPlace } from "./paths/path-view.ts";
import { restoredParts, savedParts } from "./saved-inventory.ts";
import { countIn } from "./sketches/counts.ts";
import { hashOf } from "./sketches/distinct-counter.ts";
import type { Weaknesses } from "./steps/weaknesses.ts";
import { type VersionIndex, versionIndexOf, versionLinksOf } from "./versions.ts";

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
  #decided: Decided = nothingDecided;
  #isDecidedUnsaved = false;
  /** Hosts whose endpoints are listed under another. */
  readonly #owners = new Map<string, string>();
  readonly #goneHosts = new Set<string>();
  #newestMs = 0;

  constructor(limits: InventoryLimits, now: (() => number) | undefined) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Counts a path that answered with success, which is what templates are told from. */
  observe({ host: asked, path, method }: AskedEndpoint): void {
    const host = ownerOf(asked, this.#owners);
    const hostInventory = this.#hosts.get(host) ?? this.#addHost(host);
    if (hostInventory === undefined) return;
    hostInventory.observe(path, method);
    if (hostInventory.isDue) this.#refresh(hostInventory);
  }

  find(asked: AskedEndpoint): FoundEndpoint | undefined {
    const found = this.#hosts.get(ownerOf(asked.host, this.#owners))?.find(asked);
    return found === undefined ? undefined : { ...found, isNew: false };
  }

  findOrCreate(
    asked: AskedEndpoint,
    options: { readonly style: Style },
  ): FoundEndpoint | "path" | "web-asset" | "inventory-full" {
    const host = ownerOf(asked.host, this.#owners);
    const hostInventory = this.#hosts.get(host) ?? this.#addHost(host);
    if (hostInventory === undefined) return "inventory-full";
    const place = hostInventory.place(asked.path);
    if (place === undefined) return "path";
    if (place.isWebAsset) return "web-asset";
    const identity = { ...asked, host, template: place.template, operation: asked.operation };
    const known = hostInventory.get(identity);
    if (known !== undefined) return { entry: known, place, isNew: false };
    if (this.#byId.size >= this.#limits.endpointsMax) return "inventory-full";
    const entry = createEndpointEntry(
      {
        method: asked.method,
        host,
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

  countObservation(id: string, name: string): void {
    const entry = this.#entry(id);
    const weaknesses = entry?.states.get("weaknesses") as Weaknesses | undefined;
    if (entry === undefined || weaknesses === undefined) return;
    countIn(weaknesses.observations, name);
    this.#profiles.delete(entry);
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
    const path = this.#documentedPathOf(entry) ?? template;
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
    if (entry !== undefined) {
      const siblings = this.#hosts.get(entry.host)?.entries() ?? [];
      return this.#versionedProfileOf(entry, versionIndexOf(siblings));
    }
    for (const orphan of this.#orphans()) if (orphan.id === id) return orphan;
    return undefined;
  }

  *profiles(): Generator<EndpointProfile> {
    for (const host of this.#hosts.values()) if (host.isStale) this.#refresh(host);
    const versions = versionIndexOf(this.#byId.values());
    for (const entry of [...this.#byId.values()]) {
      if (!this.#isShadowOfGet(entry)) yield this.#versionedProfileOf(entry, versions);
    }
    yield* this.#orphans();
  }

  addSpecification(specification: Specification): void {
    this.#specifications = [...this.#specifications, specification];
    for (const [name, host] of this.#hosts) this.#document(name, host);
  }

  /** Puts these specifications in the place of all before. */
  replaceSpecifications(specifications: readonly Specification[]): void {
    this.#specifications = [...specifications];
    for (const [name, host] of this.#hosts) {
      host.undocument();
      this.#document(name, host);
      if (host.isStale) this.#refresh(host);
    }
  }

  takeChanges(): readonly InventoryPart[] {
    for (const host of this.#hosts.values()) if (host.isDue) this.#refresh(host);
    const parts = savedParts({
      dirty: this.#dirty,
      entries: this.#byId,
      hosts: this.#hosts,
      goneHosts: this.#goneHosts,
      decided: this.#isDecidedUnsaved ? this.#decided : undefined,
    });
    this.#dirty.clear();
    this.#goneHosts.clear();
    this.#isDecidedUnsaved = false;
    return parts;
  }

  restore(parts: readonly InventoryPart[]): void {
    const { hosts, entries, decided } = restoredParts(parts);
    this.#decided = decided;
    for (const { host, into } of decided.hostMerges) this.#owners.set(host, into);
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

  get decided(): Decided {
    return this.#decided;
  }

  hosts(): readonly string[] {
    return [...this.#hosts.keys()];
  }

  /** Puts what people decided in force; it goes over everything learned before and after. */
  decide(decided: Decided): void {
    const before = this.#decided;
    this.#decided = decided;
    this.#isDecidedUnsaved = true;
    this.#owners.clear();
    for (const { host, into } of decided.hostMerges) this.#owners.set(host, into);
    for (const { host, into } of decided.hostMerges) this.#mergeHost(host, into);
    const changed = new Set([...before.pins, ...decided.pins].map(({ host }) => host));
    for (const [name, host] of this.#hosts) {
      if (!changed.has(name)) continue;
      host.pin(this.#pinsOf(name));
      this.#refresh(host);
    }
  }

  /** Host and places of an endpoint's template, the root first. */
  wayOf(id: string): { readonly host: string; readonly way: readonly PathPlace[] } | undefined {
    const entry = this.#entry(id);
    const host = entry === undefined ? undefined : this.#hosts.get(entry.host);
    if (entry === undefined || host === undefined) return undefined;
    if (host.isStale) this.#refresh(host);
    return { host: entry.host, way: host.wayOf(entry.template) };
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
    const pins = this.#pinsOf(name);
    if (pins.length > 0) host.pin(pins);
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

  #pinsOf(host: string): Decided["pins"] {
    return this.#decided.pins.filter((pin) => pin.host === host);
  }

  /** Lists the endpoints of a host under another that serves the same. */
  #mergeHost(name: string, into: string): void {
    const source = this.#hosts.get(name);
    const target = this.#hosts.get(into) ?? (source && this.#addHost(into));
    if (source === undefined || target === undefined || source === target) return;
    target.absorb(source);
    for (const entry of source.entries()) {
      const before = entry.id;
      this.#byId.delete(before);
      entry.host = into;
      entry.id = endpointIdOf(entry);
      const known = target.get(entry);
      if (known === undefined) target.add(entry);
      else mergeEntries(known, entry);
      const owner = known ?? entry;
      this.#byId.set(owner.id, owner);
      this.#dirty.add(before).add(owner.id);
      if (this.#aliases.size < this.#limits.aliasesMax) this.#aliases.set(before, owner.id);
    }
    this.#hosts.delete(name);
    this.#goneHosts.add(name);
    this.#refresh(target);
  }

  /** The specification's spelling of the path, unless a person gave a parameter another name. */
  #documentedPathOf(entry: EndpointEntry): string | undefined {
    if (entry.isNamed === true) return undefined;
    const documented = this.#documentedOf(entry);
    return documented?.isAnywhere === true ? undefined : documented?.path;
  }

  #documentedOf(entry: EndpointEntry): DocumentedOperation | undefined {
    return this.#hosts
      .get(entry.host)
      ?.documented.find(entry.method, entry.template, entry.operation);
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

  #versionedProfileOf(entry: EndpointEntry, index: VersionIndex): EndpointProfile {
    const versions = versionLinksOf(entry, index);
    const profile = this.#profileOf(entry);
    return versions.length === 0 ? profile : { ...profile, versions };
  }

  #profileOf(entry: EndpointEntry): EndpointProfile {
    const slash = entry.hasSlash && entry.template !== "/" ? "/" : "";
    const path = this.#documentedPathOf(entry) ?? `${entry.template}${slash}`;
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
