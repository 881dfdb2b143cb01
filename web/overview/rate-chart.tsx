import { type ReactElement, useEffect, useRef } from "react";
import uPlot from "uplot";

const heightPx = 170;

/** Requests a second over the last minutes; the same figures are in the table for screen readers. */
export function RateChart(props: {
  readonly perSecond: readonly number[];
  readonly endMs: number;
}): ReactElement {
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);

  useEffect(() => {
    const element = holder.current;
    if (element === null) return undefined;
    const plot = new uPlot(optionsFor(element), [[], []], element);
    chart.current = plot;
    const observer = new ResizeObserver(() => {
      plot.setSize({ width: element.clientWidth, height: heightPx });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, []);

  useEffect(() => {
    const { perSecond, endMs } = props;
    const endSeconds = Math.floor(endMs / 1000);
    const times = perSecond.map((_, at) => endSeconds - perSecond.length + 1 + at);
    chart.current?.setData([times, [...perSecond]]);
  }, [props]);

  const latest = props.perSecond.at(-1) ?? 0;
  return (
    <div
      ref={holder}
      role="img"
      aria-label={`Requests a second over the last ${props.perSecond.length} seconds, now ${latest}`}
      style={{ height: heightPx }}
    />
  );
}

function optionsFor(element: HTMLElement): uPlot.Options {
  const color = (name: string): string => getComputedStyle(element).getPropertyValue(name);
  const axis = {
    stroke: () => color("--mute"),
    grid: { stroke: () => color("--line"), width: 1 },
    ticks: { show: false },
    font: "12px system-ui",
  };
  return {
    width: element.clientWidth,
    height: heightPx,
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_plot, _low, high) => [0, Math.max(5, high * 1.15)] } },
    axes: [axis, { ...axis, size: 44 }],
    series: [
      {},
      {
        stroke: () => color("--accent"),
        fill: () => `color-mix(in srgb, ${color("--accent")} 14%, transparent)`,
        width: 2,
        points: { show: false },
      },
    ],
  };
}
