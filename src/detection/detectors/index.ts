import type { Detector } from "../detector.ts";
import { codeInjection } from "./code-injection/code-injection.ts";
import { commandInjection } from "./command-injection/command-injection.ts";
import { crossSiteScripting } from "./cross-site-scripting/cross-site-scripting.ts";
import { formulaInjection } from "./formula-injection/formula-injection.ts";
import { headerInjection } from "./header-injection/header-injection.ts";
import { hostHeaderInjection } from "./host-header-injection/host-header-injection.ts";
import { insecureDeserialization } from "./insecure-deserialization/insecure-deserialization.ts";
import { ldapInjection } from "./ldap-injection/ldap-injection.ts";
import { mailInjection } from "./mail-injection/mail-injection.ts";
import { nosqlInjection } from "./nosql-injection/nosql-injection.ts";
import { openRedirect } from "./open-redirect/open-redirect.ts";
import { pathTraversal } from "./path-traversal/path-traversal.ts";
import { protocolAttack } from "./protocol-attack/protocol-attack.ts";
import { prototypePollution } from "./prototype-pollution/prototype-pollution.ts";
import { scannerTool } from "./scanner-tool/scanner-tool.ts";
import { serverSideInclude } from "./server-side-include/server-side-include.ts";
import { serverSideRequestForgery } from "./server-side-request-forgery/server-side-request-forgery.ts";
import { sessionFixation } from "./session-fixation/session-fixation.ts";
import { sqlInjection } from "./sql-injection/sql-injection.ts";
import { templateInjection } from "./template-injection/template-injection.ts";
import { webShellUpload } from "./web-shell-upload/web-shell-upload.ts";
import { xmlExternalEntity } from "./xml-external-entity/xml-external-entity.ts";
import { xpathInjection } from "./xpath-injection/xpath-injection.ts";

/** Every built-in detector, in the order in which their detections are reported. */
export const builtInDetectors: readonly Detector[] = [
  codeInjection,
  commandInjection,
  crossSiteScripting,
  formulaInjection,
  headerInjection,
  hostHeaderInjection,
  insecureDeserialization,
  ldapInjection,
  mailInjection,
  nosqlInjection,
  openRedirect,
  pathTraversal,
  protocolAttack,
  prototypePollution,
  scannerTool,
  serverSideInclude,
  serverSideRequestForgery,
  sessionFixation,
  sqlInjection,
  templateInjection,
  webShellUpload,
  xmlExternalEntity,
  xpathInjection,
];
