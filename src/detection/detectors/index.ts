import type { Detector } from "../detector.ts";
import { codeInjection } from "./code-injection/code-injection.ts";
import { commandInjection } from "./command-injection/command-injection.ts";
import { crossSiteScripting } from "./cross-site-scripting/cross-site-scripting.ts";
import { nosqlInjection } from "./nosql-injection/nosql-injection.ts";
import { pathTraversal } from "./path-traversal/path-traversal.ts";
import { prototypePollution } from "./prototype-pollution/prototype-pollution.ts";
import { serverSideRequestForgery } from "./server-side-request-forgery/server-side-request-forgery.ts";
import { sqlInjection } from "./sql-injection/sql-injection.ts";
import { templateInjection } from "./template-injection/template-injection.ts";

/** Every built-in detector, in the order in which their detections are reported. */
export const builtInDetectors: readonly Detector[] = [
  codeInjection,
  commandInjection,
  crossSiteScripting,
  nosqlInjection,
  pathTraversal,
  prototypePollution,
  serverSideRequestForgery,
  sqlInjection,
  templateInjection,
];
