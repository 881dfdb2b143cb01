import { type ReactElement, useEffect, useRef } from "react";
import uPlot from "uplot";

const heightPx = 168;
const leftAxisPx = 40;
const bottomAxisPx = 26;
const labelSpacePx = 72;

export interface ChartSeries {
  /** CSS variable of its colour: `--accent`. */
  readonly color: string;
  readonly shape: "area" | "bars";
  readonly values: readonly number[];
}

/** A picture of counts over time; what it says stands in `summary` for those who do not see it. */
export function Chart(props: {
  readonly times: readonly number[];
  readonly series: readonly ChartSeries[];
  readonly summary: string;
}): ReactElement {
  const holder = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const { times, series } = props;
  const shapes = series.map(({ shape, color }) => `${shape} ${color}`).join();

  useEffect(() => {
    const element = holder.current;
    if (element === null) return undefined;
    const plot = new uPlot(optionsFor(element, shapes), [[]], element);
    chart.current = plot;
    const resized = new ResizeObserver(() => {
      plot.setSize({ width: element.clientWidth, height: heightPx });
    });
    resized.observe(element);
    const scheme = window.matchMedia("(prefers-color-scheme: dark)");
    const redraw = (): void => plot.redraw();
    scheme.addEventListener("change", redraw);
    return () => {
      scheme.removeEventListener("change", redraw);
      resized.disconnect();
      plot.destroy();
    };
  }, [shapes]);

  useEffect(() => {
    chart.current?.setData([[...times], ...series.map(({ values }) => [...values])]);
  }, [times, series]);

  return <div ref={holder} role="img" aria-label={props.summary} style={{ height: heightPx }} />;
}

function optionsFor(element: HTMLElement, shapes: string): uPlot.Options {
  const color = (name: string): string => getComputedStyle(element).getPropertyValue(name);
  const axis: uPlot.Axis = {
    stroke: () => color("--mute"),
    grid: { stroke: () => color("--line"), width: 1 },
    ticks: { show: false },
    font: `11px ${getComputedStyle(element).fontFamily}`,
  };
  return {
    width: element.clientWidth,
    height: heightPx,
    padding: [8, 22, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_plot, _low, high) => [0, Math.max(5, high * 1.15)] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: bottomAxisPx,
        space: labelSpacePx,
        values: clockTimes,
      },
      { ...axis, size: leftAxisPx, space: 36 },
    ],
    series: [{}, ...shapes.split(",").map((shape) => seriesFor(shape, color))],
  };
}

function seriesFor(text: string, color: (name: string) => string): uPlot.Series {
  const [shape, name = ""] = text.split(" ");
  const common = { stroke: () => color(name), points: { show: false } };
  if (shape === "bars") {
    const paths = uPlot.paths.bars?.({ size: [0.7, 12, 1] });
    return { ...common, width: 0, fill: () => color(name), ...(paths && { paths }) };
  }
  const fill = (): string => `color-mix(in srgb, ${color(name)} 14%, transparent)`;
  return { ...common, width: 1.5, fill };
}

/** Hours and minutes, with seconds only where the labels stand closer than a minute. */
function clockTimes(_plot: uPlot, seconds: number[]): string[] {
  const withSeconds = seconds.some((second) => second % 60 !== 0);
  return seconds.map((second) => {
    const time = new Date(second * 1000).toLocaleTimeString("sv-SE");
    return withSeconds ? time : time.slice(0, 5);
  });
}
