import type { WorkloadAssessment } from "../../risk/components/workload-assessment.ts";
import { html, type Markup } from "./markup.ts";

const vulnerabilitiesTold = 200;

/** Known vulnerabilities of the software behind, the worst first. */
export function workloadsSection(workloads: readonly WorkloadAssessment[]): Markup {
  return html`<section>
<h2>Software behind the endpoints</h2>
${workloads.map(workloadOf)}
</section>`;
}

function workloadOf(workload: WorkloadAssessment): Markup {
  const { name, serves, components, sources, vulnerabilities } = workload;
  const rest = vulnerabilities.length - vulnerabilitiesTold;
  return html`<h3>${name} <span class="mute">serves <code>${serves}</code></span></h3>
<p>${components.toLocaleString("en")} components of ${sources.join(", ")}; ${vulnerabilities.length.toLocaleString("en")} known vulnerabilities.</p>
${
  vulnerabilities.length === 0
    ? html``
    : html`<table>
<thead><tr><th>Component</th><th>Vulnerability</th><th class="number">CVSS</th><th class="number">EPSS</th><th>Exploited</th><th>Fixed in</th></tr></thead>
<tbody>
${vulnerabilities
  .slice(0, vulnerabilitiesTold)
  .map(
    ({ component, id, aliases, summary, cvss, epss, isExploited, isMalware, fixed }) =>
      html`<tr><td><code>${component.name} ${component.version}</code></td><td><code>${[id, ...aliases.filter((alias) => alias.startsWith("CVE-"))].join(", ")}</code><br>${summary}</td><td class="number">${cvss?.toFixed(1)}</td><td class="number">${epss === undefined ? "" : `${(epss * 100).toFixed(1)} %`}</td><td>${isMalware ? "malicious" : isExploited ? "yes" : ""}</td><td>${fixed.join(", ")}</td></tr>`,
  )}
</tbody>
</table>`
}
${rest > 0 ? html`<p class="mute">${rest} more in the JSON report.</p>` : html``}`;
}
