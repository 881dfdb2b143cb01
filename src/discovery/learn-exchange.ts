import { type Decision, isHostile } from "../model/decision.ts";
import type { Exchange } from "../model/exchange.ts";
import type { CallGraph } from "./call-graph.ts";
import { createCatchAllPages } from "./catch-all-pages.ts";
import { type EndpointEntry, learnInto } from "./endpoint-entry.ts";
import type { EndpointRegistry, FoundEndpoint } from "./endpoint-registry.ts";
import type { InventoryLimits } from "./inventory-options.ts";
import type { IgnoredReason, LearnResult } from "./learn-result.ts";
import { type Observation, observationOf } from "./observation.ts";
import { createScanningSources } from "./scanning-sources.ts";
import type { Operation } from "./styles/operation.ts";
import { operationsOf } from "./styles/operations-of.ts";

/** An exchange, and what was decided about it if anything was. */
export interface LearnRecord {
  readonly exchange: Exchange;
  readonly decision?: Decision;
}

/**
 * Builds the function that feeds exchanges to the registry. It learns only from exchanges that
 * answered with success, that are no attacks, and whose clients are not scanning.
 */
export function createLearner(
  parts: {
    readonly registry: EndpointRegistry;
    readonly limits: InventoryLimits;
    readonly graph: CallGraph;
  },
  ignore: (reason: IgnoredReason, found?: FoundEndpoint) => LearnResult,
): (record: LearnRecord) => LearnResult {
  const { registry, limits, graph } = parts;
  const sources = createScanningSources(limits.clientsMax);
  const pages = createCatchAllPages(limits.pagesMax);

  const suspect = (client: string, suspicion: number): void => {
    // What only a scanner was ever answered, before it was known as one, is no endpoint.
    if (sources.count(client, suspicion) === "found") registry.retract(client);
  };

  return ({ exchange, decision }) => {
    const seen = seenOf(exchange);
    if (typeof seen === "string") return ignore(seen);
    const observation = observationOf(exchange, seen.status, {
      pathSegments: [],
      pathValues: [],
      isDetailed: true,
    });
    const operations = operationsOf(observation);
    const known = findAny(registry, seen, operations);
    const { client } = exchange;
    if (decision !== undefined && isHostile(decision)) {
      suspect(client, 2);
      return ignore("attack", known);
    }
    suspect(client, suspicionOf(seen.status, known !== undefined));
    if (sources.isScanning(client)) return ignore("scanning-source", known);
    const samePage = pages.pathsOf(seen.host, exchange);
    if (samePage !== undefined) {
      for (const path of samePage) registry.retractPath({ ...seen, path });
      return ignore("catch-all");
    }
    const result = learnOperations(registry, seen, { observation, operations, ignore });
    if (observation.outcome === "success" && result.ignored === undefined) {
      graph.learn(seen.host, exchange);
    }
    return result;
  };
}

/** The host in lower case, without the port that its scheme implies. */
export function hostOf(authority: string, scheme?: "http" | "https"): string | undefined {
  const host = authority.toLowerCase();
  if (!/^[\w.\-:[\]%]{1,255}$/.test(host)) return undefined;
  const implied = scheme === undefined ? /:(?:80|443)$/ : scheme === "http" ? /:80$/ : /:443$/;
  return host.replace(implied, "");
}

/** Whether a method and status say that there is an endpoint. */
export function isEvidence(method: string, status: number): boolean {
  // Redirections of a whole site (to https, to a slash, to another host) create nothing.
  const isRedirection = status === 301 || status === 307 || status === 308;
  return learnedMethods.has(method) && status < 400 && !isRedirection;
}

interface Seen {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly status: number;
}

/** OPTIONS are preflights; CONNECT and TRACE are no API. */
const learnedMethods: ReadonlySet<string> = new Set(
  "GET HEAD POST PUT PATCH DELETE QUERY".split(" "),
);

function seenOf(exchange: Exchange): Seen | IgnoredReason {
  const { request, response, upgrade } = exchange;
  const status = response?.status ?? (upgrade === undefined ? undefined : 101);
  if (status === undefined) return "no-response";
  if (!learnedMethods.has(request.method)) return "method";
  const host = hostOf(request.authority, request.scheme);
  if (host === undefined) return "host";
  return { method: request.method, host, path: request.path, status };
}

function findAny(
  registry: EndpointRegistry,
  seen: Seen,
  operations: readonly Operation[],
): FoundEndpoint | undefined {
  for (const { name } of operations) {
    const found = registry.find({ ...seen, operation: name });
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How much an answer looks like searching: paths that do not exist, on endpoints unknown. */
function suspicionOf(status: number, isKnown: boolean): number {
  if (status === 404 || status === 405 || status === 410) return isKnown ? 0.2 : 1;
  if (status === 400 || status === 401 || status === 403) return isKnown ? 0 : 0.5;
  return 0;
}

function learnOperations(
  registry: EndpointRegistry,
  seen: Seen,
  read: {
    readonly observation: Observation;
    readonly operations: readonly Operation[];
    readonly ignore: (reason: IgnoredReason) => LearnResult;
  },
): LearnResult {
  const { observation, operations, ignore } = read;
  const creates = observation.outcome === "success" && isEvidence(seen.method, seen.status);
  if (creates) registry.observe(seen);
  let result: LearnResult | undefined;
  let refusal: IgnoredReason = "unknown-path";
  for (const { style, name } of operations) {
    const asked = { ...seen, operation: name };
    const found = creates ? registry.findOrCreate(asked, { style }) : registry.find(asked);
    if (found === undefined || typeof found === "string") {
      refusal = found ?? refusal;
      continue;
    }
    const { entry, place } = found;
    learnInto(entry, {
      ...observation,
      pathSegments: place.segments,
      pathValues: place.values,
      isDetailed: isDetailed(entry),
    });
    if (entry.traffic.calls % 16 === 2 && seen.path !== entry.samplePath) {
      entry.otherPath = seen.path;
    }
    registry.touch(entry, observation.exchange.timeMs);
    result ??= { ...registry.referenceTo(entry), isNew: found.isNew };
  }
  return result ?? ignore(refusal);
}

/** Looks at every body of a young endpoint, then at ever fewer: what is new gets rare. */
function isDetailed({ traffic }: EndpointEntry): boolean {
  if (traffic.successes < 500) return true;
  return traffic.successes % (traffic.successes < 5_000 ? 8 : 32) === 0;
}
