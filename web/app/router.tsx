import {
  createRootRoute,
  createRoute,
  createRouter,
  type RegisteredRouter,
} from "@tanstack/react-router";
import { ChangesPage } from "../changes/changes-page.tsx";
import { CompliancePage } from "../compliance/compliance-page.tsx";
import { DecisionPage } from "../decisions/decision-page.tsx";
import { DecisionsPage } from "../decisions/decisions-page.tsx";
import { EndpointPage } from "../endpoints/endpoint-page.tsx";
import { EndpointsPage } from "../endpoints/endpoints-page.tsx";
import { FindingsPage } from "../findings/findings-page.tsx";
import { IncidentPage } from "../incidents/incident-page.tsx";
import { IncidentsPage } from "../incidents/incidents-page.tsx";
import { OverviewPage } from "../overview/overview-page.tsx";
import { PolicyPage } from "../policy/policy-page.tsx";
import { ServicesPage } from "../services/services-page.tsx";
import { SpecificationsPage } from "../specifications/specifications-page.tsx";
import { Notice } from "../widgets/notice.tsx";
import { Shell } from "./shell.tsx";

const root = createRootRoute({
  component: Shell,
  notFoundComponent: () => <Notice title="There is no such page." />,
});

/** Filters live in the URL, so that a view can be shared and the back button works. */
function textFilters(search: Record<string, unknown>): Record<string, string> {
  const entries = Object.entries(search).filter(([, value]) => value !== "" && value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

const overview = createRoute({ getParentRoute: () => root, path: "/", component: OverviewPage });
const endpoints = createRoute({
  getParentRoute: () => root,
  path: "/endpoints",
  component: EndpointsPage,
  validateSearch: textFilters,
});
const endpoint = createRoute({
  getParentRoute: () => root,
  path: "/endpoints/$id",
  component: () => <EndpointPage id={endpoint.useParams().id} />,
});
const findings = createRoute({
  getParentRoute: () => root,
  path: "/findings",
  component: FindingsPage,
  validateSearch: textFilters,
});
const compliance = createRoute({
  getParentRoute: () => root,
  path: "/compliance",
  component: CompliancePage,
});
const decisions = createRoute({
  getParentRoute: () => root,
  path: "/decisions",
  component: DecisionsPage,
  validateSearch: textFilters,
});
const decision = createRoute({
  getParentRoute: () => root,
  path: "/decisions/$id",
  component: () => <DecisionPage id={decision.useParams().id} />,
});
const incidents = createRoute({
  getParentRoute: () => root,
  path: "/incidents",
  component: IncidentsPage,
});
const incident = createRoute({
  getParentRoute: () => root,
  path: "/incidents/$id",
  component: () => <IncidentPage id={incident.useParams().id} />,
});
const changes = createRoute({
  getParentRoute: () => root,
  path: "/changes",
  component: ChangesPage,
  validateSearch: textFilters,
});
const services = createRoute({
  getParentRoute: () => root,
  path: "/services",
  component: ServicesPage,
});
const specifications = createRoute({
  getParentRoute: () => root,
  path: "/specifications",
  component: SpecificationsPage,
});
const policy = createRoute({ getParentRoute: () => root, path: "/policy", component: PolicyPage });

const routeTree = root.addChildren([
  overview,
  endpoints,
  endpoint,
  findings,
  compliance,
  decisions,
  decision,
  incidents,
  incident,
  policy,
  changes,
  services,
  specifications,
]);

export function createConsoleRouter(): RegisteredRouter {
  return createRouter({ routeTree, defaultPreload: false });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createRouter<typeof routeTree>>;
  }
}
