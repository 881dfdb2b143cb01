import type { Finding } from "../../risk/finding.ts";
import type { RiskReport } from "../risk-report.ts";
import { historyPicture } from "./history-picture.ts";
import { html, type Markup } from "./markup.ts";

const severities = ["critical", "high", "medium", "low"] as const;

/** The first page: how much there is, where it stands, and what to do first. */
export function summarySection(report: RiskReport, open: readonly Finding[]): Markup {
  const { endpoints, fixes, history } = report;
  const called = endpoints.filter(({ calls }) => calls > 0).length;
  const counts = severities.map((severity) => ({
    severity,
    count: open.filter((finding) => finding.severity === severity).length,
  }));
  const urgent = (counts[0]?.count ?? 0) + (counts[1]?.count ?? 0);
  return html`<section>
<h2>Summary</h2>
<p>${endpoints.length} endpoints are known, ${called} of them were called. ${open.length} findings are open, ${urgent} of them high or critical. The scores of all endpoints add up to ${fixes.total} points; three fixes would bring that to ${fixes.totalAfter}.</p>
<ul class="figures">
${counts.map(({ severity, count }) => html`<li><span class="badge ${severity}">${severity}</span><b>${count}</b>open findings</li>`)}
</ul>
<h3>The three fixes that lower the total most</h3>
${
  fixes.fixes.length === 0
    ? html`<p>Nothing was found that a fix would lower.</p>`
    : html`<ol class="fixes">
${fixes.fixes.map(
  ({ factor, host, remedy, endpoints: count, gain }) =>
    html`<li><b>${factor}</b> on <code>${host}</code>, ${count} ${count === 1 ? "endpoint" : "endpoints"}: <b>${gain}</b> points less.<br>${remedy}</li>`,
)}
</ol>`
}
${history.length < 2 ? html`` : html`<h3>How the total moved</h3>${historyPicture(history)}`}
</section>`;
}
