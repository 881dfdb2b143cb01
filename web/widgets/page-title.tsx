import { type ReactElement, type ReactNode, useEffect } from "react";

/** The heading of a page with what belongs beside it; also names the browser's tab. */
export function PageTitle(props: {
  /** For the tab; the heading itself when that is plain text. */
  readonly title: string;
  readonly heading?: ReactNode;
  readonly hint?: ReactNode;
  readonly children?: ReactNode;
}): ReactElement {
  useEffect(() => {
    document.title = `${props.title} · Merlon`;
  }, [props.title]);

  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <div className="mr-auto min-w-0">
        <h1 className="text-lg leading-7 font-semibold break-words">
          {props.heading ?? props.title}
        </h1>
        {props.hint !== undefined && <div className="text-mute">{props.hint}</div>}
      </div>
      {props.children}
    </div>
  );
}
