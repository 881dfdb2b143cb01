import type { EventQuery } from "../discovery/event-store.ts";
import type { PinRequest, RefusedPin } from "../discovery/pin-request.ts";
import type { InventoryEvent } from "../model/inventory-event.ts";
import type { ServiceCall } from "../model/service-call.ts";
import type { TemplatePin } from "../model/template-pin.ts";
import type { HostsView, SpecificationDrift, TemplateView } from "./contract.ts";

/** What people read and decide about the inventory; the composition root implements it. */
export interface InventoryDesk {
  template(endpointId: string): TemplateView | undefined;
  pins(): readonly TemplatePin[];
  /** Saved before it resolves. */
  pin(request: PinRequest, by: string): Promise<TemplatePin | RefusedPin>;
  unpin(id: string): Promise<boolean>;
  hosts(): HostsView;
  mergeHosts(merge: { readonly host: string; readonly into: string }, by: string): Promise<boolean>;
  unmergeHost(host: string): Promise<boolean>;
  events(query: EventQuery): Promise<readonly InventoryEvent[]>;
  serviceCalls(): readonly ServiceCall[];
  /** Every specification in force with what traffic says of it. */
  specifications(): readonly SpecificationDrift[];
  /** Reads a specification; throws a MerlonError with line and pointer when it cannot. */
  compareSpecification(name: string, text: string): SpecificationDrift;
  /** Takes it into force, in the place of the one of the same name. */
  saveSpecification(name: string, text: string): Promise<SpecificationDrift>;
  removeSpecification(name: string): Promise<"removed" | "unknown" | "read-only">;
}
