import { createHash } from "node:crypto";
import { assessCompliance } from "../compliance/assess-compliance.ts";
import { byUrgency, type RiskReport } from "../risk-report.ts";
import { complianceSection } from "./compliance-section.ts";
import { endpointsSection } from "./endpoints-section.ts";
import { acceptedSection, findingsSection, specificationSection } from "./findings-section.ts";
import { html, Markup } from "./markup.ts";
import { methodSection } from "./method-section.ts";
import { reportStyle } from "./report-style.ts";
import { summarySection } from "./summary-section.ts";
import { workloadsSection } from "./workloads-section.ts";

const styleHash = createHash("sha256").update(reportStyle).digest("base64");

/** The policy lets nothing in but the one style above: the report shows what attackers sent. */
const contentPolicy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

/** The report to read and to print: one file that needs nothing else and runs nothing. */
export function htmlReportOf(report: RiskReport): string {
  const findings = report.findings.toSorted(byUrgency);
  const open = findings.filter(({ state }) => state === "open");
  const parts = open.filter(({ part }) => part !== undefined);
  const accepted = findings.filter(({ state }) => state === "accepted");
  const date = new Date(report.generatedMs).toISOString().slice(0, 10);
  const sections = [
    summarySection(report, open),
    findingsSection(open.filter(({ part }) => part === undefined)),
    ...(parts.length === 0 ? [] : [specificationSection(parts)]),
    ...(accepted.length === 0 ? [] : [acceptedSection(accepted)]),
    endpointsSection(report.endpoints),
    ...(report.workloads.length === 0 ? [] : [workloadsSection(report.workloads)]),
    complianceSection(assessCompliance(report)),
    methodSection(report),
  ];
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentPolicy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="Merlon ${report.version}">
<title>API risk report, ${date}</title>
<style>${new Markup(reportStyle)}</style>
</head>
<body>
<header>
<h1>API risk report</h1>
<p class="lead">${report.subject}</p>
<p class="mute small">Made on ${new Date(report.generatedMs).toISOString()} by Merlon ${report.version}.</p>
</header>
<main>
${sections}
</main>
</body>
</html>
`.text;
}
