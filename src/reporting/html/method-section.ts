import type { RiskReport } from "../risk-report.ts";
import { html, type Markup } from "./markup.ts";

/** How the figures came about, so that a reader can judge and repeat them. */
export function methodSection({ sinceMs, subject }: RiskReport): Markup {
  return html`<section>
<h2>How this was found out</h2>
<p>The endpoints were learned from traffic (${subject}); findings are kept since ${new Date(sinceMs).toISOString()}. Nothing was sent to the APIs.</p>
<p>A score is 100 × likelihood × impact. Each factor brings both from 0 towards 1, as far as its weight, its strength and the confidence of its observation go; its points are its share of that way, and the points of an endpoint add up to its score. Scores from 75 are critical, from 50 high, from 25 medium.</p>
<p>A finding has the same identity in every report as long as it is about the same weakness of the same endpoint. Evidence names counts that can be counted again in the recorded traffic.</p>
</section>`;
}
