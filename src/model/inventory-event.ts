export type InventoryEventKind =
  | "new"
  | "schema-changed"
  | "newly-exposed"
  | "newly-sensitive"
  | "authentication-changed"
  | "dormant"
  | "woken";

/** A change of the inventory that somebody may want to know of. */
export interface InventoryEvent {
  readonly id: string;
  readonly timeMs: number;
  readonly kind: InventoryEventKind;
  readonly endpointId: string;
  /** `GET shop.example/products/{productId}`. */
  readonly endpoint: string;
  /** What changed, in a sentence; names of members are the API's own. */
  readonly summary: string;
  readonly before?: string;
  readonly after?: string;
  /** While Merlon was still getting to know the API: no news, and nobody is notified. */
  readonly isInitial: boolean;
}
