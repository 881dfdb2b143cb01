import { attackDetection } from "./attack-detection.ts";
import { authentication } from "./authentication.ts";
import { contracts } from "./contracts.ts";
import { credentialAbuse } from "./credential-abuse.ts";
import { functionAuthorization } from "./function-authorization.ts";
import { graphqlLimits } from "./graphql-limits.ts";
import { leakProtection } from "./leak-protection.ts";
import { objectAuthorization } from "./object-authorization.ts";
import type { ProtectionFactory } from "./protection-definition.ts";
import { rateLimits } from "./rate-limits.ts";
import { requestLimits } from "./request-limits.ts";
import { structureLimits } from "./structure-limits.ts";

/** Every protection of Merlon, in the order in which they run: the cheap ones first. */
export const builtInProtections: readonly ProtectionFactory[] = [
  requestLimits,
  structureLimits,
  authentication,
  rateLimits,
  credentialAbuse,
  functionAuthorization,
  objectAuthorization,
  graphqlLimits,
  contracts,
  attackDetection,
  leakProtection,
];
