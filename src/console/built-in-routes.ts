import type { Route } from "./route.ts";
import { decisionRoutes } from "./routes/decisions.ts";
import { endpointRoutes } from "./routes/endpoints.ts";
import { overviewRoutes } from "./routes/overview.ts";
import { passwordRoutes } from "./routes/password.ts";
import { policyRoutes } from "./routes/policy.ts";
import { sessionRoutes } from "./routes/session.ts";
import { specificationRoutes } from "./routes/specification.ts";
import { trafficRoutes } from "./routes/traffic.ts";

/** The whole API; a test asserts that every file of routes/ is in it. */
export const builtInRoutes: readonly Route[] = [
  ...sessionRoutes,
  ...passwordRoutes,
  ...overviewRoutes,
  ...endpointRoutes,
  ...decisionRoutes,
  ...trafficRoutes,
  ...policyRoutes,
  ...specificationRoutes,
];
