import { basename } from "node:path";
import { type ExploitationSources, withExploitation } from "./exploitation.ts";
import { matchComponents } from "./osv-database.ts";
import { readComponents } from "./read-components.ts";
import { gravityOf, type MatchedVulnerability } from "./vulnerability.ts";
import type { WorkloadAssessment } from "./workload-assessment.ts";

/** A workload whose components are to be looked up. */
export interface AskedWorkload {
  readonly name: string;
  readonly serves: string;
  readonly owner?: string;
  readonly components: readonly string[];
}

export interface VulnerabilitySources extends ExploitationSources {
  /** Directory or zip; without it components are only counted. */
  readonly database?: string;
}

/** Vulnerabilities told of one workload; over this the least grave are left out. */
const vulnerabilitiesMax = 2_000;

/** Looks the components of all workloads up in one pass over the database. */
export async function assessWorkloads(
  workloads: readonly AskedWorkload[],
  sources: VulnerabilitySources,
): Promise<readonly WorkloadAssessment[]> {
  const read = workloads.map((workload) => ({
    workload,
    components: workload.components.flatMap((path) => readComponents(path)),
  }));
  const all = new Map(
    read.flatMap(({ components }) => components.map((item) => [keyOf(item), item])),
  );
  const matched =
    sources.database === undefined
      ? []
      : matchComponents([...all.values()], sources.database).vulnerabilities;
  const ranked = Map.groupBy(await withExploitation(withoutAliases(matched), sources), (item) =>
    keyOf(item.component),
  );
  return read.map(({ workload, components }) => {
    const { name, serves, owner } = workload;
    const own = new Set(components.map(keyOf));
    const vulnerabilities = [...ranked].flatMap(([key, list]) => (own.has(key) ? list : []));
    return {
      name,
      serves,
      ...(owner === undefined ? {} : { owner }),
      sources: workload.components.map((path) => basename(path)),
      components: own.size,
      vulnerabilities: rankedAgain(vulnerabilities).slice(0, vulnerabilitiesMax),
    };
  });
}

function keyOf({ ecosystem, name, version }: MatchedVulnerability["component"]): string {
  return `${ecosystem} ${name} ${version}`;
}

/** Grouping by component broke the order by gravity. */
function rankedAgain(list: readonly MatchedVulnerability[]): readonly MatchedVulnerability[] {
  return list.toSorted((a, b) => gravityOf(b) - gravityOf(a) || a.id.localeCompare(b.id));
}

/** Several databases in one tell of the same hole; of those that name each other one is kept. */
function withoutAliases(list: readonly MatchedVulnerability[]): readonly MatchedVulnerability[] {
  const told = new Set<string>();
  return list
    .toSorted((a, b) => Number(b.cvss !== undefined) - Number(a.cvss !== undefined))
    .filter(({ id, aliases, component }) => {
      const names = [id, ...aliases].map((name) => `${keyOf(component)} ${name}`);
      const isKnown = names.some((name) => told.has(name));
      for (const name of names) told.add(name);
      return !isKnown;
    });
}
