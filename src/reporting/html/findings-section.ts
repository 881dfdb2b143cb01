import type { Finding } from "../../risk/finding.ts";
import { html, type Markup } from "./markup.ts";

/** Findings told in full; the others stand in the table of endpoints and in the other formats. */
const findingsTold = 300;

/** Every open finding with its evidence and remedy, the most urgent first. */
export function findingsSection(findings: readonly Finding[]): Markup {
  const told = findings.slice(0, findingsTold);
  const rest = findings.length - told.length;
  return html`<section class="new-page">
<h2>Open findings</h2>
${told.length === 0 ? html`<p>No finding is open.</p>` : html``}
${told.map(findingOf)}
${rest > 0 ? html`<p class="mute">${rest} further findings of lower urgency are in the CSV and JSON reports.</p>` : html``}
</section>`;
}

function findingOf(finding: Finding): Markup {
  const { severity, title, endpoint, evidence, remedy, references, points, confidence } = finding;
  return html`<article class="finding" id="${finding.id}">
<h3><span class="badge ${severity}">${severity}</span> ${title}</h3>
<p><code>${endpoint}</code></p>
<dl>
<dt>Evidence</dt><dd>${evidence}</dd>
<dt>Remedy</dt><dd>${remedy}</dd>
<dt>Weight</dt><dd>${points} of the endpoint's ${finding.endpointScore} points, ${Math.round(confidence * 100)} % sure</dd>
<dt>References</dt><dd>${references.join(", ")}</dd>
<dt>Since</dt><dd>${dayOf(finding.firstSeenMs)}${finding.reopened > 0 ? `, reopened ${finding.reopened} times` : ""}${finding.owner === undefined ? "" : `; owner ${finding.owner}`}${finding.dueMs === undefined ? "" : `; due ${dayOf(finding.dueMs)}`}</dd>
<dt>Identity</dt><dd><code>${finding.id}</code> ${finding.factor}</dd>
</dl>
</article>`;
}

const operationsTold = 6;

/** What the lint of specifications found: a row for each rule instead of one for each operation. */
export function specificationSection(findings: readonly Finding[]): Markup {
  const byRule = Map.groupBy(findings, ({ part = "" }) => part);
  const rows = [...byRule].toSorted(([, a], [, b]) => b.length - a.length);
  return html`<section>
<h2>Specification</h2>
<p>Rules of the OWASP API Security Top 10 that the specification breaks, by operation.</p>
<table>
<thead><tr><th>Rule</th><th class="number">Operations</th><th>Where</th></tr></thead>
<tbody>
${rows.map(
  ([rule, list]) =>
    html`<tr><td>${list[0]?.title}<br><code class="mute">${rule}</code></td><td class="number">${list.length}</td><td class="small">${list.slice(0, operationsTold).map(({ endpoint }) => html`<code>${endpoint}</code><br>`)}${list.length > operationsTold ? `and ${list.length - operationsTold} more` : ""}</td></tr>`,
)}
</tbody>
</table>
</section>`;
}

/** Risks that are borne, with the reason, by whom and until when. */
export function acceptedSection(findings: readonly Finding[]): Markup {
  return html`<section>
<h2>Accepted risks</h2>
<table>
<thead><tr><th>Severity</th><th>Finding</th><th>Reason</th><th>By</th><th>Until</th></tr></thead>
<tbody>
${findings.map(
  ({ severity, title, endpoint, acceptance }) =>
    html`<tr><td><span class="badge ${severity}">${severity}</span></td><td>${title}<br><code>${endpoint}</code></td><td>${acceptance?.reason}</td><td>${acceptance?.by}</td><td>${acceptance === undefined ? "" : dayOf(acceptance.untilMs)}</td></tr>`,
)}
</tbody>
</table>
</section>`;
}

function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10);
}
