import type { EndpointProfile } from "../model/endpoint.ts";
import type { Specification } from "../specifications/specification.ts";
import type { WorkloadAssessment } from "./components/workload-assessment.ts";
import type { LintResult } from "./lint/lint-result.ts";
import { type DocumentedFacts, documentedFactsOf } from "./specification-facts.ts";

/** What a factor must know beyond its endpoint. */
export interface Surroundings {
  /** Host and path before the version → the newest version that was called. */
  readonly newestVersions: ReadonlyMap<string, number>;
  /** Whether there is any specification that an endpoint could be missing from. */
  readonly isSpecified: boolean;
  /** What the specification says of an endpoint, where one names it. */
  documented(profile: EndpointProfile): DocumentedFacts | undefined;
  /** The workload that serves an endpoint, where one is configured. */
  workload(profile: EndpointProfile): WorkloadAssessment | undefined;
  /** What the lint of specifications found wrong with an endpoint's operation. */
  lint(profile: EndpointProfile): readonly LintResult[];
  /** Whether owners are configured at all, and who it is. */
  owner(profile: EndpointProfile): { readonly isManaged: boolean; readonly owner?: string };
}

/** What is known of an installation beside its traffic; everything may be missing. */
export interface RiskKnowledge {
  readonly specifications?: readonly Specification[];
  readonly workloads?: readonly WorkloadAssessment[];
  readonly lint?: readonly LintResult[];
  readonly owners?: readonly OwnerRule[];
}

/** Who owns the endpoints of a host and path prefix. */
interface OwnerRule {
  /** `shop.example/api/v2`: a host with a path prefix, or a prefix alone. */
  readonly serves: string;
  readonly owner: string;
}

/** One endpoint alone: documented somewhere, and nothing else known. */
export const noSurroundings: Surroundings = {
  newestVersions: new Map(),
  isSpecified: true,
  documented: () => undefined,
  workload: () => undefined,
  lint: () => [],
  owner: () => ({ isManaged: false }),
};

/** Collects what risk factors look up about the other endpoints and the installation. */
export function surroundingsOf(
  profiles: Iterable<EndpointProfile>,
  knowledge: RiskKnowledge = {},
): Surroundings {
  const { specifications = [], workloads = [], lint = [], owners = [] } = knowledge;
  const newestVersions = new Map<string, number>();
  const hosts = new Set<string>();
  let isSpecified = specifications.length > 0;
  for (const profile of profiles) {
    hosts.add(profile.host);
    if (namedBySpecification.has(profile.lifecycle)) isSpecified = true;
    const version = pathVersionOf(profile);
    if (version === undefined || profile.calls === 0) continue;
    const known = newestVersions.get(version.base) ?? 0;
    newestVersions.set(version.base, Math.max(known, version.number));
  }
  const documented = documentedFactsOf(specifications, hosts);
  const lintByOperation = Map.groupBy(lint, ({ operation }) => operation ?? "");
  return {
    newestVersions,
    isSpecified,
    documented,
    workload: (profile) => longestMatch(workloads, profile),
    lint(profile) {
      const facts = documented(profile);
      return facts === undefined ? [] : (lintByOperation.get(facts.operationKey) ?? []);
    },
    owner(profile) {
      const rules = [...owners, ...workloads.filter(hasOwner)];
      const owner = longestMatch(rules, profile)?.owner;
      return { isManaged: rules.length > 0, ...(owner === undefined ? {} : { owner }) };
    },
  };
}

const namedBySpecification: ReadonlySet<string> = new Set(["documented", "zombie", "orphan"]);

function hasOwner(workload: WorkloadAssessment): workload is WorkloadAssessment & OwnerRule {
  return workload.owner !== undefined;
}

/** The rule whose host and path prefix fit the endpoint best. */
function longestMatch<Rule extends { readonly serves: string }>(
  rules: readonly Rule[],
  profile: EndpointProfile,
): Rule | undefined {
  let best: Rule | undefined;
  for (const rule of rules) {
    if (!isServedBy(rule.serves, profile)) continue;
    if (best === undefined || rule.serves.length > best.serves.length) best = rule;
  }
  return best;
}

/** Whether `shop.example/api` or `/api` stands for an endpoint: whole segments, host as named. */
export function isServedBy(
  serves: string,
  { host, path }: Pick<EndpointProfile, "host" | "path">,
): boolean {
  const slash = serves.indexOf("/");
  const servedHost = slash < 0 ? serves : serves.slice(0, slash);
  const prefix = slash < 0 ? "" : serves.slice(slash).replace(/\/+$/, "");
  if (servedHost !== "" && servedHost.toLowerCase() !== host) return false;
  return path === prefix || path.startsWith(`${prefix}/`);
}

const versionSegment = /^v(\d{1,4})$/i;

/** The version in a path such as `/api/v2/orders`, and what stands before it. */
export function pathVersionOf({
  host,
  path,
}: Pick<EndpointProfile, "host" | "path">):
  | { readonly base: string; readonly number: number }
  | undefined {
  const segments = path.split("/");
  for (const [at, segment] of segments.entries()) {
    const number = versionSegment.exec(segment)?.[1];
    if (number === undefined) continue;
    return { base: `${host}${segments.slice(0, at).join("/")}`, number: Number(number) };
  }
  return undefined;
}
