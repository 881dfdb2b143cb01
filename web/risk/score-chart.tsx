import { type ReactElement, useEffect, useRef } from "react";
import uPlot from "uplot";
import type { ScorePoint } from "../../src/risk/finding-store.ts";
import { timeOf } from "../widgets/format.ts";

const heightPx = 170;
const leftAxisPx = 44;

/** How a score moved, as a line with steps: a score holds until it changes. */
export function ScoreChart(props: {
  readonly points: readonly ScorePoint[];
  /** What the score is now, which draws the line on to this moment. */
  readonly current: number;
}): ReactElement {
  const holder = useRef<HTMLDivElement>(null);
  const { points, current } = props;
  const first = points[0];

  useEffect(() => {
    const element = holder.current;
    if (element === null) return undefined;
    const plot = new uPlot(optionsFor(element), dataOf(points, current), element);
    const resized = new ResizeObserver(() => {
      plot.setSize({ width: element.clientWidth, height: heightPx });
    });
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
  }, [points, current]);

  const summary =
    first === undefined
      ? `The score is ${current}.`
      : `The score went from ${first.score} at ${timeOf(first.timeMs)} to ${current} now.`;
  return <div ref={holder} role="img" aria-label={summary} style={{ height: heightPx }} />;
}

function dataOf(points: readonly ScorePoint[], current: number): uPlot.AlignedData {
  const now = { timeMs: Date.now(), score: current };
  const all = [...points, now];
  return [all.map(({ timeMs }) => timeMs / 1_000), all.map(({ score }) => score)];
}

function optionsFor(element: HTMLElement): uPlot.Options {
  const color = (name: string): string => getComputedStyle(element).getPropertyValue(name);
  const axis: uPlot.Axis = {
    stroke: () => color("--mute"),
    grid: { stroke: () => color("--line"), width: 1 },
    ticks: { show: false },
    font: `11px ${getComputedStyle(element).fontFamily}`,
  };
  const paths = uPlot.paths.stepped?.({ align: 1 });
  return {
    width: element.clientWidth,
    height: heightPx,
    padding: [8, 12, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_plot, _low, high) => [0, Math.max(10, high * 1.15)] } },
    axes: [
      { ...axis, grid: { show: false }, size: 42, space: 90 },
      { ...axis, size: leftAxisPx, space: 32 },
    ],
    series: [
      {},
      {
        stroke: () => color("--accent"),
        width: 1.5,
        points: { show: false },
        ...(paths && { paths }),
      },
    ],
  };
}
