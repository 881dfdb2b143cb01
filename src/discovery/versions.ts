import { endpointKeyOf, type VersionLink } from "../model/endpoint.ts";
import type { EndpointEntry } from "./endpoint-entry.ts";
import { shapeOf } from "./paths/template-shape.ts";

/** The same operations under several versions: `/v1/users/{}` and `/v2/users/{}`. */
export type VersionIndex = ReadonlyMap<string, readonly EndpointEntry[]>;

export function versionIndexOf(entries: Iterable<EndpointEntry>): VersionIndex {
  const index = new Map<string, EndpointEntry[]>();
  for (const entry of entries) {
    const key = versionlessKeyOf(entry);
    if (key === undefined) continue;
    const members = index.get(key);
    if (members === undefined) index.set(key, [entry]);
    else members.push(entry);
  }
  return index;
}

/** The other versions of an endpoint, newest first. */
export function versionLinksOf(entry: EndpointEntry, index: VersionIndex): readonly VersionLink[] {
  const own = versionOf(entry.template);
  const key = versionlessKeyOf(entry);
  const members = key === undefined ? [] : (index.get(key) ?? []);
  return members
    .filter((other) => other !== entry && versionOf(other.template) !== own)
    .sort((left, right) => (versionOf(right.template) ?? 0) - (versionOf(left.template) ?? 0))
    .map((other) => linkTo(other, (versionOf(other.template) ?? 0) > (own ?? 0)));
}

function linkTo(other: EndpointEntry, isNewer: boolean): VersionLink {
  const { id, method, host, template, operation, traffic } = other;
  const of = { method, host, path: template, ...(operation === undefined ? {} : { operation }) };
  return {
    id,
    key: endpointKeyOf(of),
    relation: isNewer ? "newer" : "older",
    lastSeenMs: traffic.lastSeenMs,
  };
}

const versionSegment = /\/v(\d{1,4}(?:\.\d{1,4})?)(?=\/)/i;

function versionlessKeyOf({
  method,
  host,
  template,
  operation,
}: EndpointEntry): string | undefined {
  if (!versionSegment.test(template)) return undefined;
  const shape = shapeOf(template).replace(versionSegment, "/v*");
  return `${method} ${host}${shape} ${operation ?? ""}`;
}

function versionOf(template: string): number | undefined {
  const text = versionSegment.exec(template)?.[1];
  return text === undefined ? undefined : Number(text);
}
