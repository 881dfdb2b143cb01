import type { ReactElement, ReactNode } from "react";

/** A titled box; `flush` lets a table reach its edges. */
export function Panel(props: {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly flush?: boolean;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <section className="min-w-0 rounded-lg border border-line bg-panel">
      <div className="flex flex-wrap items-baseline justify-between gap-2 px-4 pt-3 pb-2">
        <h2 className="font-semibold">{props.title}</h2>
        {props.aside !== undefined && <div className="text-mute">{props.aside}</div>}
      </div>
      <div className={props.flush === true ? "overflow-x-auto" : "px-4 pb-4"}>{props.children}</div>
    </section>
  );
}

export function Figure(props: {
  readonly label: string;
  readonly value: string;
  readonly hint?: string;
  readonly tone?: string;
}): ReactElement {
  return (
    <div className="rounded-lg border border-line bg-panel px-4 py-3">
      <p className="text-mute">{props.label}</p>
      <p className={`text-2xl font-semibold tabular-nums ${props.tone ?? ""}`}>{props.value}</p>
      {props.hint !== undefined && <p className="text-xs text-mute">{props.hint}</p>}
    </div>
  );
}
