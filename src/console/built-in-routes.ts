import type { Route } from "./route.ts";
import { decisionRoutes } from "./routes/decisions.ts";
import { endpointTemplateRoutes } from "./routes/endpoint-template.ts";
import { endpointRoutes } from "./routes/endpoints.ts";
import { eventRoutes } from "./routes/events.ts";
import { findingRoutes } from "./routes/findings.ts";
import { hostRoutes } from "./routes/hosts.ts";
import { overviewRoutes } from "./routes/overview.ts";
import { passwordRoutes } from "./routes/password.ts";
import { policyRoutes } from "./routes/policy.ts";
import { riskRoutes } from "./routes/risk.ts";
import { serviceRoutes } from "./routes/services.ts";
import { sessionRoutes } from "./routes/session.ts";
import { specificationRoutes } from "./routes/specification.ts";
import { specificationsRoutes } from "./routes/specifications.ts";
import { trafficRoutes } from "./routes/traffic.ts";

/** The whole API; a test asserts that every file of routes/ is in it. */
export const builtInRoutes: readonly Route[] = [
  ...sessionRoutes,
  ...passwordRoutes,
  ...overviewRoutes,
  ...endpointRoutes,
  ...endpointTemplateRoutes,
  ...hostRoutes,
  ...eventRoutes,
  ...serviceRoutes,
  ...decisionRoutes,
  ...trafficRoutes,
  ...policyRoutes,
  ...findingRoutes,
  ...riskRoutes,
  ...specificationRoutes,
  ...specificationsRoutes,
];
