import type { DiscoveryStep } from "../discovery-step.ts";
import { authentication } from "./authentication.ts";
import { bodySchemas } from "./body-schemas.ts";
import { consumers } from "./consumers.ts";
import { parameters } from "./parameters.ts";
import { sensitiveData } from "./sensitive-data.ts";
import { weaknesses } from "./weaknesses.ts";
import { webhooks } from "./webhooks.ts";

/** All that is learned of an endpoint besides its traffic; each step keeps a state of its own type. */
export const builtInSteps: readonly DiscoveryStep<unknown>[] = [
  consumers,
  parameters,
  authentication,
  bodySchemas,
  sensitiveData,
  weaknesses,
  webhooks,
] as unknown as readonly DiscoveryStep<unknown>[];
