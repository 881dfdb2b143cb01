import { endpointKeyOf } from "../model/endpoint.ts";
import type { ConsoleBackend } from "./backend.ts";
import type { DecisionView } from "./contract.ts";
import type { RecordedDecision } from "./traffic-store.ts";

/** A decision with the name of its endpoint, as far as the inventory still knows it. */
export function decisionViewOf(
  { endpoint: id, ...decision }: RecordedDecision,
  backend: Pick<ConsoleBackend, "endpoint">,
): DecisionView {
  const endpoint = id === undefined ? undefined : backend.endpoint(id);
  if (endpoint === undefined) return decision;
  return { ...decision, endpoint: { id: endpoint.id, key: endpointKeyOf(endpoint) } };
}
