import type { ReactElement, ReactNode } from "react";

/** One number that matters, with what it counts and what puts it in proportion. */
export function Figure(props: {
  readonly label: string;
  readonly value: string;
  readonly hint: ReactNode;
  readonly tone?: string;
}): ReactElement {
  return (
    <div className="bg-panel px-4 py-3">
      <dt className="text-mute">{props.label}</dt>
      <dd>
        <span
          className={`block text-[22px] leading-8 font-semibold tracking-tight tabular-nums ${props.tone ?? ""}`}
        >
          {props.value}
        </span>
        <span className="text-xs text-mute">{props.hint}</span>
      </dd>
    </div>
  );
}

/** Figures side by side in one box. */
export function Figures({ children }: { readonly children: ReactNode }): ReactElement {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line lg:grid-cols-4">
      {children}
    </dl>
  );
}
