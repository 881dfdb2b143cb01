import type { ReactElement } from "react";

/** What stands where content cannot be shown: an error, or nothing yet, and what to do about it. */
export function Notice(props: { readonly title: string; readonly detail?: string }): ReactElement {
  return (
    <div className="rounded-lg border border-dashed border-line p-8 text-center">
      <p className="font-medium">{props.title}</p>
      {props.detail !== undefined && <p className="mt-1 text-mute">{props.detail}</p>}
    </div>
  );
}
