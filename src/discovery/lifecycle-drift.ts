import { type EndpointProfile, endpointKeyOf } from "../model/endpoint.ts";
import type { DocumentedOperation, Specification } from "../specifications/specification.ts";
import { shapeOf } from "./paths/template-shape.ts";

/** An endpoint that differs from what a specification says, with the evidence. */
export interface DriftItem {
  /** Missing for an operation that was never called. */
  readonly endpointId?: string;
  readonly endpoint: string;
  readonly evidence: string;
}

/** Where traffic and a specification disagree about which operations there are. */
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
}

const authenticationConfidenceMin = 0.75;

/** Compares a specification with the inventory. */
export function lifecycleDriftOf(
  specification: Specification,
  endpoints: Iterable<EndpointProfile>,
): LifecycleDrift {
  const documented = new Map<string, DocumentedOperation>();
  for (const operation of specification.operations) {
    documented.set(`${operation.method} ${shapeOf(operation.path)}`, operation);
  }
  const all = [...endpoints].filter(({ calls }) => calls > 0);
  const own = all.filter(({ host }) => specification.hosts.includes(host));
  // Staging and localhost serve what a specification says of production.
  const called = own.length > 0 ? own : all;
  const pairs = called.map((endpoint) => ({ endpoint, operation: find(documented, endpoint) }));
  const keys = new Set(called.map(keyOf));
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
    uncalled: [...documented]
      .filter(([key]) => !keys.has(key))
      .map(([, { method, path }]) => ({
        endpoint: `${method} ${path}`,
        evidence: "never called so far",
      })),
    deprecatedInUse: known
      .filter(({ operation }) => operation.deprecated)
      .map(({ endpoint }) =>
        itemOf(endpoint, `deprecated, ${endpoint.calls} calls by ${endpoint.clients} clients`),
      ),
    authentication: known.flatMap(({ endpoint, operation }) => accessDrift(endpoint, operation)),
  };
}

function keyOf({ method, path }: EndpointProfile): string {
  return `${method} ${shapeOf(path)}`;
}

function find(
  documented: ReadonlyMap<string, DocumentedOperation>,
  endpoint: EndpointProfile,
): DocumentedOperation | undefined {
  return documented.get(keyOf(endpoint));
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
