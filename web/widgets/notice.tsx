import type { ReactElement } from "react";

/** What stands where content cannot be shown: an error, or nothing yet, and what to do about it. */
export function Notice(props: {
  readonly title: string;
  readonly detail?: string;
  readonly onRetry?: () => void;
}): ReactElement {
  return (
    <div className="px-4 py-8 text-center">
      <p className="font-medium">{props.title}</p>
      {props.detail !== undefined && <p className="mt-1 text-mute">{props.detail}</p>}
      {props.onRetry !== undefined && (
        <button type="button" className="button mt-3" onClick={props.onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
