import { afterEach, beforeEach, expect, test } from "vitest";
import type { PolicyOverlay, PolicyStore } from "../protection/policy-store.ts";
import type { OpenedStore } from "./traffic-store-contract.ts";

/** What every driver of `PolicyStore` has to keep; its test file calls this. */
export function policyStoreContract(open: () => Promise<OpenedStore<PolicyStore>>): void {
  let opened: OpenedStore<PolicyStore>;

  beforeEach(async () => {
    opened = await open();
  });
  afterEach(() => opened.close());

  test("starts without an overlay", async () => {
    expect(await opened.store.loadPolicyOverlay()).toBeUndefined();
  });

  test("keeps the overlay saved last", async () => {
    const overlay: PolicyOverlay = {
      mode: "enforce",
      protections: { "attack-detection": { mode: "observe" } },
      endpoints: [{ endpoint: "GET shop.example/products/{productId}", mode: "off" }],
      exceptions: [{ id: "x1", detector: "sql-injection", field: "query:q", createdMs: 1 }],
    };
    await opened.store.savePolicyOverlay({ protections: {}, endpoints: [], exceptions: [] });
    await opened.store.savePolicyOverlay(overlay);

    expect(await opened.store.loadPolicyOverlay()).toEqual(overlay);
  });
}
