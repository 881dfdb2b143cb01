import cvssCalculator from "ae-cvss-calculator";
import { isRecord } from "../../model/is-record.ts";
import { comparisonOf } from "./compare-versions.ts";
import type { Component, MatchedVulnerability } from "./vulnerability.ts";

/** What OSV's format says of one vulnerability, as far as matching needs it. Hostile input. */
export type OsvRecord = Readonly<Record<string, unknown>>;

const versionCharactersMax = 128;
const fixedTold = 3;

/** The vulnerability as it concerns a component; undefined when its version is not affected. */
export function matchRecord(
  record: OsvRecord,
  component: Component,
): MatchedVulnerability | undefined {
  if (record["withdrawn"] !== undefined || typeof record["id"] !== "string") return undefined;
  const affected = listOf(record["affected"]).filter(
    (item): item is OsvRecord => isRecord(item) && isAbout(item, component),
  );
  if (!affected.some((item) => isAffected(item, component))) return undefined;
  const id = record["id"];
  const cvss = scoreOf(record, affected);
  return {
    id,
    aliases: textsOf(record["aliases"]),
    summary: String(record["summary"] ?? record["details"] ?? "").slice(0, 300),
    component,
    fixed: fixedVersions(affected, component),
    ...(cvss === undefined ? {} : { cvss }),
    isExploited: false,
    isMalware: id.startsWith("MAL-"),
  };
}

/** The ecosystem without what stands behind a colon, such as a distribution's release. */
function ecosystemOf(name: string): string {
  const colon = name.indexOf(":");
  return colon < 0 ? name : name.slice(0, colon);
}

/** Names under which a package is the same one. */
export function normalName(ecosystem: string, name: string): string {
  if (ecosystem === "PyPI") return name.toLowerCase().replace(/[-_.]+/g, "-");
  if (ecosystem === "NuGet" || ecosystem === "Packagist") return name.toLowerCase();
  return name;
}

function isAbout({ package: about }: OsvRecord, component: Component): boolean {
  if (!isRecord(about)) return false;
  const { ecosystem, name } = about;
  if (typeof ecosystem !== "string" || typeof name !== "string") return false;
  if (ecosystemOf(ecosystem) !== component.ecosystem) return false;
  return normalName(component.ecosystem, name) === component.name;
}

function isAffected({ versions, ranges }: OsvRecord, component: Component): boolean {
  const { version } = component;
  if (textsOf(versions).some((listed) => plain(listed) === plain(version))) return true;
  return listOf(ranges).some((range) => isRecord(range) && isWithin(range, component));
}

function plain(version: string): string {
  return version.replace(/^v/, "");
}

type EventKind = "introduced" | "fixed" | "last_affected";
const kinds: readonly EventKind[] = ["introduced", "fixed", "last_affected"];

interface VersionEvent {
  readonly kind: EventKind;
  readonly version: string;
}

/** As OSV describes the evaluation: events in the order of versions, each switching. */
function isWithin(range: OsvRecord, { ecosystem, version }: Component): boolean {
  if (range["type"] === "GIT") return false;
  const compare = comparisonOf(ecosystem);
  try {
    const events = eventsOf(range).toSorted((a, b) => compareStarts(a.version, b.version, compare));
    let isIn = false;
    for (const { kind, version: at } of events) {
      const order = at === "0" ? 1 : compare(version, at);
      if (kind === "introduced" && order >= 0) isIn = true;
      else if (kind === "fixed" && order >= 0) isIn = false;
      else if (kind === "last_affected" && order > 0) isIn = false;
    }
    return isIn;
  } catch {
    // What is no version of its ecosystem is affected only where it is listed as it stands.
    return false;
  }
}

/** `0` stands for before everything. */
function compareStarts(
  left: string,
  right: string,
  compare: (left: string, right: string) => number,
): number {
  if (left === right) return 0;
  if (left === "0") return -1;
  return right === "0" ? 1 : compare(left, right);
}

function eventsOf({ events }: OsvRecord): readonly VersionEvent[] {
  return listOf(events).flatMap((event) => {
    if (!isRecord(event)) return [];
    return kinds.flatMap((kind) => {
      const version = event[kind];
      if (typeof version !== "string" || version.length > versionCharactersMax) return [];
      return [{ kind, version }];
    });
  });
}

/** The versions that mend it, of those after the component's own. */
function fixedVersions(
  affected: readonly OsvRecord[],
  { ecosystem, version }: Component,
): readonly string[] {
  const compare = comparisonOf(ecosystem);
  const fixed = affected
    .flatMap(({ ranges }) => listOf(ranges))
    .flatMap((range) => (isRecord(range) && range["type"] !== "GIT" ? eventsOf(range) : []))
    .filter(({ kind }) => kind === "fixed")
    .map((event) => event.version);
  try {
    return [...new Set(fixed)]
      .filter((other) => compare(other, version) > 0)
      .toSorted(compare)
      .slice(0, fixedTold);
  } catch {
    return [...new Set(fixed)].slice(0, fixedTold);
  }
}

const wordScores: Readonly<Record<string, number>> = {
  CRITICAL: 9.5,
  HIGH: 8,
  MODERATE: 5.5,
  MEDIUM: 5.5,
  LOW: 2.5,
};

/** The highest CVSS base score given, else what a severity in words stands for. */
function scoreOf(record: OsvRecord, affected: readonly OsvRecord[]): number | undefined {
  const vectors = [record, ...affected]
    .flatMap(({ severity }) => listOf(severity))
    .flatMap((item) => (isRecord(item) ? [String(item["score"] ?? "")] : []));
  const scores = vectors.flatMap((vector) => scoreOfVector(vector) ?? []);
  if (scores.length > 0) return Math.max(...scores);
  const specific = record["database_specific"];
  const word = isRecord(specific) ? specific["severity"] : undefined;
  return typeof word === "string" ? wordScores[word.toUpperCase()] : undefined;
}

const vectorCharactersMax = 512;

function scoreOfVector(vector: string): number | undefined {
  if (vector.length > vectorCharactersMax) return undefined;
  try {
    const score = cvssCalculator.fromVector(vector)?.calculateScores().overall;
    return typeof score === "number" && score >= 0 && score <= 10 ? score : undefined;
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textsOf(value: unknown): readonly string[] {
  return listOf(value).filter((item) => typeof item === "string");
}
