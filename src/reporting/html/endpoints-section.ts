import type { Endpoint } from "../../model/endpoint.ts";
import { html, type Markup } from "./markup.ts";

const endpointsTold = 500;
const factorsTold = 5;

/** The inventory with its scores, each taken apart into its factors. */
export function endpointsSection(endpoints: readonly Endpoint[]): Markup {
  const told = endpoints.slice(0, endpointsTold);
  const rest = endpoints.length - told.length;
  return html`<section class="new-page">
<h2>Endpoints</h2>
<table>
<thead><tr><th class="number">Score</th><th>Endpoint</th><th>What it is made of</th><th class="number">Calls</th></tr></thead>
<tbody>
${told.map(rowOf)}
</tbody>
</table>
${rest > 0 ? html`<p class="mute">${rest} further endpoints with lower scores are in the JSON report.</p>` : html``}
</section>`;
}

function rowOf({ method, host, path, operation, lifecycle, calls, risk }: Endpoint): Markup {
  const weighing = risk.factors.filter(({ points }) => points > 0);
  const rest = weighing.slice(factorsTold);
  const restPoints = rest.reduce((sum, { points }) => sum + points, 0);
  const told = weighing.slice(0, factorsTold).map(({ factor, points }) => `${factor} ${points}`);
  return html`<tr>
<td class="number"><span class="badge ${risk.level}">${risk.score}</span></td>
<td><code>${method} ${host}${path}${operation === undefined ? "" : ` ${operation}`}</code><br><span class="mute small">${lifecycle}</span></td>
<td class="small">${[...told, ...(rest.length === 0 ? [] : [`${rest.length} more ${restPoints}`])].join(" · ")}</td>
<td class="number">${calls.toLocaleString("en")}</td>
</tr>`;
}
