import { isRecord } from "../model/is-record.ts";

/** Writes learned state as JSON, Maps included. Keys that clients chose never become property names. */
export function encodeState(state: unknown): string {
  return JSON.stringify(state, (_key, value: unknown) =>
    value instanceof Map ? { $map: [...value] } : value,
  );
}

/** Reads what `encodeState` wrote. */
export function decodeState(json: string): unknown {
  return JSON.parse(json, (_key, value: unknown) => {
    const entries = isRecord(value) ? value["$map"] : undefined;
    return Array.isArray(entries) ? new Map(entries as [unknown, unknown][]) : value;
  });
}
