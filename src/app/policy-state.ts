import type { Policy, PolicyOverlay } from "../protection/policy.ts";
import { applyOverlay } from "../protection/policy-overlay.ts";
import type { PolicyStore } from "../protection/policy-store.ts";

/** The policy in force: the file's, with what people changed at run time laid over it. */
export interface PolicyState {
  file(): Policy;
  overlay(): PolicyOverlay;
  effective(): Policy;
  /** Takes a newly read file; resolves when every worker runs it. */
  replaceFile(policy: Policy): Promise<void>;
  /** Changes the overlay, saves it, and resolves when every worker runs it; else nothing changed. */
  change(edit: (overlay: PolicyOverlay) => PolicyOverlay): Promise<void>;
}

export function createPolicyState(options: {
  readonly file: Policy;
  readonly overlay: PolicyOverlay;
  readonly store: PolicyStore;
  /** Hands a policy to every worker and resolves when all of them run it. */
  readonly apply: (policy: Policy) => Promise<void>;
}): PolicyState {
  let { file, overlay } = options;
  // One change after the other: two at once would each forget what the other did.
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = (work: () => Promise<void>): Promise<void> => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };

  return {
    file: () => file,
    overlay: () => overlay,
    effective: () => applyOverlay(file, overlay),

    replaceFile: (policy) =>
      inTurn(async () => {
        await options.apply(applyOverlay(policy, overlay));
        file = policy;
      }),

    change: (edit) =>
      inTurn(async () => {
        const next = edit(overlay);
        await options.store.savePolicyOverlay(next);
        overlay = next;
        await options.apply(applyOverlay(file, next));
      }),
  };
}
