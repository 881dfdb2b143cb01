import { type EndpointProfile, endpointKeyOf } from "../model/endpoint.ts";
import { operationNameOf } from "../specifications/comparable-operation.ts";
import type { DriftItem as Difference, DriftKind } from "../specifications/drift.ts";
import type { DocumentedOperation, Specification } from "../specifications/specification.ts";
import { calledEndpoints, trafficDrift } from "../specifications/traffic-drift.ts";
import { DocumentedOperations } from "./documented-operations.ts";

/** An endpoint that differs from what a specification says, with the evidence. */
export interface DriftItem {
  /** Missing for an operation that was never called. */
  readonly endpointId?: string;
  readonly endpoint: string;
  readonly evidence: string;
}

/** Where traffic and a specification disagree: which operations there are, and what they take and give. */
export interface LifecycleDrift {
  readonly title: string;
  readonly version: string;
  readonly operations: number;
  /** Called operations that it names. */
  readonly agreed: number;
  readonly undocumented: readonly DriftItem[];
  readonly uncalled: readonly DriftItem[];
  readonly deprecatedInUse: readonly DriftItem[];
  /** Documented as secured and answered without credentials, or the other way round. */
  readonly authentication: readonly DriftItem[];
  /** Parameters and bodies of called operations that traffic contradicts. */
  readonly contradicted: readonly DriftItem[];
  /** Parameters and members of bodies in which they differ without contradicting each other. */
  readonly differing: readonly DriftItem[];
}

const authenticationConfidenceMin = 0.75;

/** Compares a specification with the inventory. */
export function lifecycleDriftOf(
  specification: Specification,
  endpoints: Iterable<EndpointProfile>,
): LifecycleDrift {
  const all = [...endpoints];
  const documented = new DocumentedOperations();
  for (const operation of specification.operations) documented.add(operation);
  const pairs = calledEndpoints(specification, all).map((endpoint) => ({
    endpoint,
    operation: documented.find(endpoint.method, endpoint.path, endpoint.operation),
  }));
  const called = new Set(pairs.map(({ operation }) => operation));
  const known = pairs.flatMap(({ endpoint, operation }) =>
    operation === undefined ? [] : [{ endpoint, operation }],
  );
  return {
    title: specification.title,
    version: specification.version,
    operations: specification.operations.length,
    agreed: known.length,
    undocumented: pairs
      .filter(({ operation }) => operation === undefined)
      .map(({ endpoint }) => itemOf(endpoint, `${endpoint.calls} calls from ${endpoint.exposure}`)),
    uncalled: [...documented.all()]
      .filter((operation) => !called.has(operation))
      .map((operation) => ({
        endpoint: operationNameOf(operation),
        evidence: "never called so far",
      })),
    deprecatedInUse: known
      .filter(({ operation }) => operation.deprecated)
      .map(({ endpoint }) =>
        itemOf(endpoint, `deprecated, ${endpoint.calls} calls by ${endpoint.clients} clients`),
      ),
    authentication: known.flatMap(({ endpoint, operation }) => accessDrift(endpoint, operation)),
    ...detailsOf(specification, all, known),
  };
}

/** What is told of whole operations is left out here; it has its evidence above. */
const detailKinds: ReadonlySet<DriftKind> = new Set<DriftKind>([
  "parameter-added",
  "parameter-removed",
  "parameter-changed",
  "request-changed",
  "response-changed",
]);

function detailsOf(
  specification: Specification,
  endpoints: readonly EndpointProfile[],
  known: readonly { readonly endpoint: EndpointProfile }[],
): Pick<LifecycleDrift, "contradicted" | "differing"> {
  const byName = new Map(known.map(({ endpoint }) => [operationNameOf(endpoint), endpoint]));
  const details = trafficDrift(specification, endpoints).filter(({ kind }) =>
    detailKinds.has(kind),
  );
  const itemsOf = (differences: readonly Difference[]): readonly DriftItem[] =>
    differences.map(({ operation, place, explanation }) => {
      const evidence = `${place} ${explanation}`;
      const endpoint = byName.get(operation);
      return endpoint === undefined
        ? { endpoint: operation, evidence }
        : itemOf(endpoint, evidence);
    });
  return {
    contradicted: itemsOf(details.filter(({ isBreaking }) => isBreaking)),
    differing: itemsOf(details.filter(({ isBreaking }) => !isBreaking)),
  };
}

function accessDrift(
  endpoint: EndpointProfile,
  { secured }: DocumentedOperation,
): readonly DriftItem[] {
  const { required, confidence, counts } = endpoint.authentication;
  if (secured === undefined || required === undefined || required === secured) return [];
  if (confidence < authenticationConfidenceMin) return [];
  return [
    itemOf(
      endpoint,
      required
        ? `documented as open, ${counts.refusedWithout} calls without credentials were refused`
        : `documented as secured, ${counts.successWithout} calls without credentials were answered`,
    ),
  ];
}

function itemOf(endpoint: EndpointProfile, evidence: string): DriftItem {
  return { endpointId: endpoint.id, endpoint: endpointKeyOf(endpoint), evidence };
}
