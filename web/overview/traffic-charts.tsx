import { type ReactElement, useMemo } from "react";
import type { Overview } from "../../src/console/contract.ts";
import { count } from "../widgets/format.ts";
import { Panel } from "../widgets/panel.tsx";
import { Chart, type ChartSeries } from "./chart.tsx";

/** Requests a second over the last minutes. */
export function RequestRate({ overview }: { readonly overview: Overview }): ReactElement {
  const { requestsPerSecondHistory: rates, timeMs, listen, workers } = overview;
  const endSeconds = Math.floor(timeMs / 1000);
  const times = rates.map((_, at) => endSeconds - rates.length + 1 + at);
  const series: ChartSeries[] = [{ color: "--accent", shape: "area", values: rates }];

  return (
    <Panel title="Requests a second" aside={`${listen} · ${workers} workers`}>
      <Chart
        times={times}
        series={series}
        summary={`Requests a second over the last ${rates.length} seconds, now ${rates.at(-1) ?? 0}, at most ${Math.max(0, ...rates)}`}
      />
    </Panel>
  );
}

/** Decisions a minute over the last hour; what was blocked stands in front of all of them. */
export function DecisionRate({ overview }: { readonly overview: Overview }): ReactElement {
  const minutes = overview.decisionsPerMinute;
  const blocked = minutes.reduce((sum, minute) => sum + minute.blocked, 0);
  const passed = minutes.reduce((sum, minute) => sum + minute.allowed, 0);
  const series = useMemo<ChartSeries[]>(
    () => [
      {
        color: "--warn",
        shape: "bars",
        values: minutes.map((minute) => minute.allowed + minute.blocked),
      },
      { color: "--severe", shape: "bars", values: minutes.map((minute) => minute.blocked) },
    ],
    [minutes],
  );
  const times = useMemo(() => minutes.map(({ minuteMs }) => minuteMs / 1000), [minutes]);

  return (
    <Panel
      title="Decisions a minute"
      aside={
        <span className="flex flex-wrap gap-x-3">
          <Key color="bg-severe" label={`${count(blocked)} blocked`} />
          <Key color="bg-warn" label={`${count(passed)} let through`} />
        </span>
      }
    >
      <Chart
        times={times}
        series={series}
        summary={`Decisions over the last ${minutes.length} minutes: ${blocked} blocked, ${passed} let through`}
      />
    </Panel>
  );
}

function Key(props: { readonly color: string; readonly label: string }): ReactElement {
  return (
    <span className="flex items-center gap-1.5">
      <span aria-hidden="true" className={`size-2 rounded-xs ${props.color}`} />
      {props.label}
    </span>
  );
}
