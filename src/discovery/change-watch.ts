import { type EndpointProfile, type Exposure, endpointKeyOf } from "../model/endpoint.ts";
import type { InventoryEvent, InventoryEventKind } from "../model/inventory-event.ts";
import { type Access, type ChangeDigest, digestOf } from "./change-digest.ts";

/** Tells what changed in the inventory from one look to the next. */
export interface ChangeWatch {
  /** Compares with the last look. Cheap for endpoints that did not change. */
  look(profiles: Iterable<EndpointProfile>): readonly InventoryEvent[];
  /** Takes the inventory as known, as after a restart: nothing of it is news. */
  adopt(profiles: Iterable<EndpointProfile>): void;
}

export interface ChangeWatchOptions {
  readonly now: () => number;
  readonly newId: () => string;
  /** Since when traffic is seen; what turns up within `initialMs` of it is no news. */
  readonly startedMs: number;
  readonly initialMs: number;
}

/** Looks before an endpoint is called new: until then it may turn out to be part of another. */
const looksMin = 2;
/** Calls without anything new in the schemas after which a change of them is news. */
const settledCallsMin = 100;
const membersNamedMax = 6;

type Change = Pick<InventoryEvent, "kind" | "summary" | "before" | "after">;

/** Remembers one digest an endpoint of the inventory, and forgets those that are gone. */
export function createChangeWatch(options: ChangeWatchOptions): ChangeWatch {
  let known = new Map<string, ChangeDigest>();

  return {
    adopt(profiles) {
      for (const profile of profiles) {
        known.set(profile.id, { ...digestOf(profile), looks: looksMin });
      }
    },

    look(profiles) {
      const next = new Map<string, ChangeDigest>();
      const events: InventoryEvent[] = [];
      for (const profile of profiles) {
        const before = known.get(profile.id);
        const after = before !== undefined && isSame(before, profile) ? before : digestOf(profile);
        next.set(profile.id, after);
        for (const change of seenChanges(profile, before, after)) {
          events.push(eventOf(change, profile, options));
        }
      }
      known = next;
      return events;
    },
  };
}

function seenChanges(
  profile: EndpointProfile,
  before: ChangeDigest | undefined,
  after: ChangeDigest,
): readonly Change[] {
  if (profile.calls === 0) return [];
  if (before !== undefined && before.looks >= looksMin) {
    after.looks = before.looks;
    return changesOf(before, after);
  }
  after.looks = (before?.looks ?? 0) + 1;
  return after.looks >= looksMin ? [newChange(profile)] : [];
}

function isSame(before: ChangeDigest, { calls, lifecycle }: EndpointProfile): boolean {
  return before.looks >= looksMin && before.calls === calls && before.lifecycle === lifecycle;
}

function eventOf(
  change: Change,
  profile: EndpointProfile,
  { newId, now, startedMs, initialMs }: ChangeWatchOptions,
): InventoryEvent {
  const timeMs = now();
  return {
    id: newId(),
    timeMs,
    endpointId: profile.id,
    endpoint: endpointKeyOf(profile),
    isInitial: change.kind === "new" && timeMs - startedMs < initialMs,
    ...change,
  };
}

function newChange({ lifecycle, exposure, sensitiveData, calls }: EndpointProfile): Change {
  const classes = [...new Set(sensitiveData.map((data) => data.class))].sort();
  const carries = classes.length === 0 ? "" : `, carries ${classes.join(", ")}`;
  return {
    kind: "new",
    summary: `A new endpoint (${lifecycle}), ${calls} calls from ${exposure}${carries}.`,
  };
}

function changesOf(before: ChangeDigest, after: ChangeDigest): readonly Change[] {
  if (before === after) return [];
  const changes: Change[] = [];
  const schema = schemaChange(before, after);
  if (schema !== undefined) changes.push(schema);
  if (isWider(before.exposure, after.exposure)) {
    changes.push({
      ...change("newly-exposed", before.exposure, after.exposure),
      summary: `Called from ${after.exposure}, before only from ${before.exposure}.`,
    });
  }
  const classes = after.sensitive.filter((name) => !before.sensitive.includes(name));
  if (classes.length > 0) {
    changes.push({ kind: "newly-sensitive", summary: `Carries ${classes.join(", ")} now.` });
  }
  // What was seen stays seen: a class that few of the later samples show is not gone.
  after.sensitive = [...new Set([...before.sensitive, ...after.sensitive])].sort();
  changes.push(...accessChanges(before, after), ...lifecycleChanges(before, after));
  return changes;
}

function change(
  kind: InventoryEventKind,
  before: string,
  after: string,
): Pick<Change, "kind" | "before" | "after"> {
  return { kind, before, after };
}

/** A schema grows while it is learned; only what comes after it was settled is news. */
function schemaChange(before: ChangeDigest, after: ChangeDigest): Change | undefined {
  const added = after.schema.filter((member) => !before.schema.includes(member));
  const gone = before.schema.filter((member) => !after.schema.includes(member));
  if (added.length + gone.length === 0) {
    after.schemaCalls = before.schemaCalls;
    return undefined;
  }
  after.schemaCalls = after.calls;
  if (before.schema.length === 0) return undefined;
  if (before.calls - before.schemaCalls < settledCallsMin) return undefined;
  return {
    kind: "schema-changed",
    summary: [named("New", added), named("Gone or of another type", gone)]
      .filter((text) => text !== "")
      .join(" "),
  };
}

function named(what: string, members: readonly string[]): string {
  if (members.length === 0) return "";
  const more = members.length - membersNamedMax;
  const list = members.slice(0, membersNamedMax).join(", ");
  return `${what}: ${list}${more > 0 ? ` and ${more} more` : ""}.`;
}

const widths: readonly Exposure[] = ["unknown", "loopback", "internal", "partner", "internet"];

function isWider(before: Exposure, after: Exposure): boolean {
  return before !== "unknown" && widths.indexOf(after) > widths.indexOf(before);
}

const accessWords: Readonly<Record<Access, string>> = {
  required: "refused",
  open: "answered",
  mixed: "sometimes answered",
  unknown: "not tried",
};

function accessChanges(before: ChangeDigest, after: ChangeDigest): readonly Change[] {
  // Not being sure for a while is no change: what was sure last stands.
  if (after.access === "unknown") after.access = before.access;
  if (before.access === "unknown" || before.access === after.access) return [];
  return [
    {
      ...change("authentication-changed", before.access, after.access),
      summary: `Calls without credentials are ${accessWords[after.access]}, before they were ${accessWords[before.access]}.`,
    },
  ];
}

function lifecycleChanges(before: ChangeDigest, after: ChangeDigest): readonly Change[] {
  const { lifecycle } = after;
  if (lifecycle === before.lifecycle || (lifecycle !== "woken" && lifecycle !== "dormant")) {
    return [];
  }
  const summary =
    lifecycle === "woken" ? "Called again after a long silence." : "Not called for a long time.";
  return [{ ...change(lifecycle, before.lifecycle, lifecycle), summary }];
}
