import type { ControlResult, FrameworkResult } from "../compliance/assess-compliance.ts";
import { html, type Markup } from "./markup.ts";

/** What the findings mean for frameworks: each control, the query that proves it, when it held. */
export function complianceSection(frameworks: readonly FrameworkResult[]): Markup {
  return html`<section class="new-page">
<h2>Compliance</h2>
<p>A control holds when its query, asked of the console's API, answers with no open finding. It shows what traffic, specifications and bills of materials can show; what else a framework asks for has to be shown elsewhere.</p>
${frameworks.map(
  ({ name, controls }) => html`<h3>${name}</h3>
<table>
<thead><tr><th>Control</th><th>Asks for</th><th>State</th><th>Last held</th></tr></thead>
<tbody>
${controls.map(rowOf)}
</tbody>
</table>`,
)}
</section>`;
}

function rowOf({ id, asks, state, query, open, accepted, lastHeldMs }: ControlResult): Markup {
  const findings = [
    ...(open > 0 ? [`${open} open`] : []),
    ...(accepted > 0 ? [`${accepted} accepted`] : []),
  ].join(", ");
  const held =
    state === "unknown"
      ? "nothing looked for it"
      : lastHeldMs === undefined
        ? "never while observed"
        : state === "holds"
          ? "now"
          : new Date(lastHeldMs).toISOString().slice(0, 16).replace("T", " ");
  return html`<tr>
<td><b>${id}</b></td>
<td>${asks}<br><code class="mute">${query}</code></td>
<td><span class="badge ${state}">${state}</span><br><span class="small mute">${findings}</span></td>
<td class="small">${held}</td>
</tr>`;
}
