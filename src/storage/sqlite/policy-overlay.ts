import type { PolicyOverlay, PolicyStore } from "../../protection/policy-store.ts";
import type { Database } from "./database.ts";

/** Keeps what people changed of the policy at run time. */
export function createPolicyStore(database: Database): PolicyStore {
  return {
    async loadPolicyOverlay() {
      return database.read("read the policy", () => {
        const row = database.statement("SELECT json FROM policy_overlay").get();
        return row === undefined ? undefined : (JSON.parse(String(row["json"])) as PolicyOverlay);
      });
    },

    async savePolicyOverlay(overlay) {
      database.writeDurably("save the policy", () => {
        database
          .statement("INSERT OR REPLACE INTO policy_overlay (id, json) VALUES (1, ?)")
          .run(JSON.stringify(overlay));
      });
    },
  };
}
