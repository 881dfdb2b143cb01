import type { Mode } from "../model/decision.ts";
import type { Endpoint } from "../model/endpoint.ts";
import type { PolicyException } from "../protection/policy.ts";
import type { ExceptionRequest, ModeRequest, Overview, PolicyView } from "./contract.ts";
import type { InventoryDesk } from "./inventory-desk.ts";
import type { RiskDesk } from "./risk-desk.ts";
import type { RecordedDecision } from "./traffic-store.ts";

/**
 * What the console needs of the running installation; the composition root implements it.
 * Everything a person sends was checked before it gets here: unknown protections, malformed
 * values and missing rights never reach the backend.
 */
export interface ConsoleBackend {
  /** Asked once a second while somebody looks, never more often. */
  overview(): Overview | Promise<Overview>;
  endpoints(): readonly Endpoint[];
  endpoint(id: string): Endpoint | undefined;
  /** The mode that applies to most protections of this endpoint. */
  endpointMode(endpoint: Endpoint): Mode;
  policyView(): PolicyView;
  /** Resolves once every worker runs the new policy and it is saved. */
  setMode(request: ModeRequest): Promise<PolicyView>;
  addException(request: ExceptionRequest): Promise<PolicyException>;
  /** `read-only`: it stands in the configuration file and can only be removed there. */
  removeException(id: string): Promise<"removed" | "unknown" | "read-only">;
  /** Findings, what people decide about them, and what they add up to. */
  readonly risk: RiskDesk;
  /** OpenAPI 3.1 of the inventory, as YAML. */
  specification(): string | Promise<string>;
  /** What people read and decide about the inventory. */
  readonly inventory: InventoryDesk;
  /** False while starting, draining, or when no worker serves. */
  ready(): boolean;
  metrics(): readonly Metric[];
  /** Calls the listener for each new decision; it returns at once and never throws. */
  subscribe(listener: (decision: RecordedDecision) => void): () => void;
}

/** One value for `/metrics`; a name that ends in `_total` is a counter, everything else a gauge. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}
