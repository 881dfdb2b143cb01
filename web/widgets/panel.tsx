import type { ReactElement, ReactNode } from "react";

/** A titled box; `flush` lets a table reach its edges. */
export function Panel(props: {
  readonly title: ReactNode;
  readonly aside?: ReactNode;
  readonly flush?: boolean;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <section className="min-w-0 overflow-hidden rounded-lg border border-line bg-panel">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 px-4 pt-3 pb-2">
        <h2 className="font-semibold">{props.title}</h2>
        {props.aside !== undefined && <div className="text-xs text-mute">{props.aside}</div>}
      </div>
      <div className={props.flush === true ? "overflow-x-auto" : "px-4 pb-4"}>{props.children}</div>
    </section>
  );
}
