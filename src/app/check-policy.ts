import { environmentVariable } from "../config/environment-variable.ts";
import { createGuard } from "../protection/create-guard.ts";
import { createInstallation } from "../protection/installation.ts";
import type { Policy } from "../protection/policy.ts";

/**
 * Builds a guard of the policy and throws it away, so that a file or a secret that is not there is
 * told with its code and fix before a worker starts. Throws ERR_CONFIG_INVALID.
 */
export function checkPolicy(policy: Policy): void {
  createGuard({
    policy,
    installation: createInstallation({ secretOf: environmentVariable }),
    record: () => undefined,
    now: Date.now,
    newId: () => "",
  });
}
