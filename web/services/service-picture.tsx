import type { ReactElement } from "react";
import type { ServiceCall } from "../../src/model/service-call.ts";

const columnPx = 230;
const rowPx = 46;
const boxWidthPx = 170;
const boxHeightPx = 28;
const nodesMax = 40;
const nameLengthMax = 24;

interface Node {
  readonly name: string;
  readonly column: number;
  readonly row: number;
}

/** Callers on the left, what they call to the right; the table beside it says the same in words. */
export function ServicePicture(props: { readonly calls: readonly ServiceCall[] }): ReactElement {
  const nodes = placed(props.calls);
  const columns = 1 + Math.max(...[...nodes.values()].map(({ column }) => column));
  const rows = 1 + Math.max(...[...nodes.values()].map(({ row }) => row));
  const width = (columns - 1) * columnPx + boxWidthPx + 4;
  const height = rows * rowPx;
  const most = Math.max(...props.calls.map(({ calls }) => calls));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide picture is scrolled by keyboard too
    <section className="overflow-x-auto" aria-label="Picture of the calls" tabIndex={0}>
      <svg
        role="img"
        aria-label={`${nodes.size} services and callers; the table lists their calls`}
        width={width}
        height={height}
        viewBox={`0 0 ${width} ${height}`}
      >
        {props.calls.map(({ from, to, calls }) => {
          const [left, right] = [nodes.get(from), nodes.get(to)];
          if (left === undefined || right === undefined) return null;
          return (
            <path
              key={`${from} ${to}`}
              d={curveOf(left, right)}
              fill="none"
              stroke="var(--accent)"
              strokeOpacity="0.6"
              strokeWidth={1 + (3 * Math.log1p(calls)) / Math.log1p(most)}
            />
          );
        })}
        {[...nodes.values()].map(({ name, column, row }) => (
          <g key={name} transform={`translate(${column * columnPx + 2} ${row * rowPx + 8})`}>
            <rect
              width={boxWidthPx}
              height={boxHeightPx}
              rx="6"
              fill="var(--sunken)"
              stroke="var(--line)"
            />
            <text x="10" y="18" fill="var(--ink)" fontSize="12">
              {shortened(name)}
              <title>{name}</title>
            </text>
          </g>
        ))}
      </svg>
    </section>
  );
}

/** Each one stands a column behind those who call it; circles are cut where they close. */
function placed(calls: readonly ServiceCall[]): ReadonlyMap<string, Node> {
  const names = [...new Set(calls.flatMap(({ from, to }) => [from, to]))].slice(0, nodesMax);
  const columns = new Map(names.map((name) => [name, 0]));
  for (let round = 0; round < 4; round += 1) {
    for (const { from, to } of calls) {
      const [left, right] = [columns.get(from), columns.get(to)];
      if (left !== undefined && right !== undefined && from !== to && right <= left && left < 4) {
        columns.set(to, left + 1);
      }
    }
  }
  const rows = new Map<number, number>();
  return new Map(
    names.map((name) => {
      const column = columns.get(name) ?? 0;
      const row = rows.get(column) ?? 0;
      rows.set(column, row + 1);
      return [name, { name, column, row }];
    }),
  );
}

function curveOf(from: Node, to: Node): string {
  const x1 = from.column * columnPx + boxWidthPx + 2;
  const x2 = to.column * columnPx + 2;
  const [y1, y2] = [from, to].map(({ row }) => row * rowPx + 8 + boxHeightPx / 2);
  const middle = (x1 + x2) / 2;
  return `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`;
}

function shortened(name: string): string {
  return name.length <= nameLengthMax ? name : `${name.slice(0, nameLengthMax - 1)}…`;
}
