import { isRecord } from "../model/is-record.ts";
import type { HostMerge, TemplatePin } from "../model/template-pin.ts";

/** Everything that people decided about the inventory; it is saved as one part. */
export interface Decided {
  readonly pins: readonly TemplatePin[];
  readonly hostMerges: readonly HostMerge[];
}

export const nothingDecided: Decided = { pins: [], hostMerges: [] };

/** Pins that one installation holds. */
export const pinsMax = 2_000;

/** Reads what was saved; what does not look like a decision is left out. */
export function decidedOf(saved: unknown): Decided {
  if (!isRecord(saved)) return nothingDecided;
  const { pins, hostMerges } = saved;
  return {
    pins: Array.isArray(pins) ? pins.filter(isPin) : [],
    hostMerges: Array.isArray(hostMerges) ? hostMerges.filter(isHostMerge) : [],
  };
}

/** The host whose inventory a host belongs to. */
export function ownerOf(host: string, merges: ReadonlyMap<string, string>): string {
  return merges.get(host) ?? host;
}

function isPin(value: unknown): value is TemplatePin {
  if (!isRecord(value)) return false;
  const isNamed = ["id", "kind", "host", "path"].every((key) => typeof value[key] === "string");
  return isNamed && Array.isArray(value["texts"]);
}

function isHostMerge(value: unknown): value is HostMerge {
  return isRecord(value) && typeof value["host"] === "string" && typeof value["into"] === "string";
}
