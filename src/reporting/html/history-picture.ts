import type { ScorePoint } from "../../risk/finding-store.ts";
import { html, type Markup } from "./markup.ts";

const width = 720;
const height = 150;
const left = 36;
const bottom = 18;

/** The sum of all scores over time as a stepped line; a score holds until it changes. */
export function historyPicture(points: readonly ScorePoint[]): Markup {
  const fromMs = points[0]?.timeMs ?? 0;
  const toMs = points.at(-1)?.timeMs ?? 1;
  const highest = Math.max(10, ...points.map(({ score }) => score));
  const x = (timeMs: number): number =>
    left + ((width - left - 8) * (timeMs - fromMs)) / Math.max(1, toMs - fromMs);
  const y = (score: number): number => height - bottom - ((height - bottom - 8) * score) / highest;
  const path = points
    .map(({ timeMs, score }, at) =>
      at === 0
        ? `M${x(timeMs).toFixed(1)} ${y(score).toFixed(1)}`
        : `H${x(timeMs).toFixed(1)}V${y(score).toFixed(1)}`,
    )
    .join("");
  const label = `From ${dayOf(fromMs)} to ${dayOf(toMs)}: from ${points[0]?.score ?? 0} to ${points.at(-1)?.score ?? 0} points.`;
  return html`<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
${[0, highest / 2, highest].map(
  (
    score,
  ) => html`<line class="grid" x1="${left}" x2="${width - 8}" y1="${y(score)}" y2="${y(score)}"></line>
<text class="axis" x="${left - 6}" y="${y(score) + 3}" text-anchor="end">${Math.round(score)}</text>`,
)}
<path class="curve" d="${path}"></path>
<text class="axis" x="${left}" y="${height - 4}">${dayOf(fromMs)}</text>
<text class="axis" x="${width - 8}" y="${height - 4}" text-anchor="end">${dayOf(toMs)}</text>
</svg>`;
}

function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 16).replace("T", " ");
}
