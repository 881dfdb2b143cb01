/** One independently saved piece of the inventory's state; `json: undefined` deletes it. */
export interface InventoryPart {
  readonly key: string;
  readonly json: string | undefined;
}

export interface InventoryStore {
  loadInventory(): Promise<readonly InventoryPart[]>;
  saveInventory(parts: readonly InventoryPart[]): Promise<void>;
}
