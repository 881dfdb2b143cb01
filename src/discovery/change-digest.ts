import type { EndpointProfile, Exposure } from "../model/endpoint.ts";
import { isRecord } from "../model/is-record.ts";

/** What is remembered of an endpoint to tell later what changed. Plain data of bounded size. */
export interface ChangeDigest {
  /** Times it was looked at; the first look alone proves little, as endpoints may still be joined. */
  looks: number;
  calls: number;
  /** Calls when something about its schemas was new last. */
  schemaCalls: number;
  schema: readonly string[];
  exposure: Exposure;
  sensitive: readonly string[];
  access: Access;
  lifecycle: EndpointProfile["lifecycle"];
}

/** Who gets in, as far as it is sure. */
export type Access = "required" | "open" | "mixed" | "unknown";

/** Members of schemas remembered of one endpoint. */
const membersMax = 96;
const depthMax = 6;
const accessConfidenceMin = 0.75;
const sensitiveSamplesMin = 2;

export function digestOf(profile: EndpointProfile): ChangeDigest {
  return {
    looks: 1,
    calls: profile.calls,
    schemaCalls: profile.calls,
    schema: schemaMembersOf(profile),
    exposure: profile.exposure,
    sensitive: [
      ...new Set(
        profile.sensitiveData
          .filter(({ samples }) => samples >= sensitiveSamplesMin)
          .map((data) => `${data.class} in ${data.in}`),
      ),
    ].sort(),
    access: accessOf(profile),
    lifecycle: profile.lifecycle,
  };
}

function accessOf({ authentication }: EndpointProfile): Access {
  const { verdict, confidence } = authentication;
  if (verdict === "mixed") return "mixed";
  if (verdict === undefined || verdict === "unknown" || confidence < accessConfidenceMin)
    return "unknown";
  return verdict === "required" ? "required" : "open";
}

/** `response $.owner.email: string`, one a line, in alphabetical order. */
function schemaMembersOf({ schemas }: EndpointProfile): readonly string[] {
  const members: string[] = [];
  for (const side of ["request", "response"] as const) {
    collect(schemas[side], `${side} $`, members, 0);
  }
  return members.sort();
}

function collect(schema: unknown, path: string, members: string[], depth: number): void {
  if (!isRecord(schema) || members.length >= membersMax || depth > depthMax) return;
  const { type, properties, items, additionalProperties } = schema;
  members.push(`${path}: ${typeNameOf(type)}`);
  if (isRecord(properties)) {
    for (const [name, member] of Object.entries(properties)) {
      collect(member, `${path}.${name}`, members, depth + 1);
    }
  }
  collect(items, `${path}[*]`, members, depth + 1);
  collect(additionalProperties, `${path}.*`, members, depth + 1);
}

/** That it may be null is not worth news. */
function typeNameOf(type: unknown): string {
  const names: readonly unknown[] = Array.isArray(type) ? type : [type];
  return names.filter((name) => typeof name === "string" && name !== "null").join("|") || "null";
}
