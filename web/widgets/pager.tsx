import type { ReactElement } from "react";
import { count } from "./format.ts";

export const pageSize = 100;

/** Moves through a long list; nothing when it fits one page. */
export function Pager(props: {
  readonly offset: number;
  readonly total: number;
  readonly onOffset: (offset: number) => void;
}): ReactElement | null {
  const { offset, total, onOffset } = props;
  if (total <= pageSize) return null;
  const last = Math.min(total, offset + pageSize);
  return (
    <nav aria-label="List pages" className="flex items-center justify-end gap-3">
      <span className="text-mute">
        {count(offset + 1)}–{count(last)} of {count(total)}
      </span>
      <button
        type="button"
        className="button"
        disabled={offset === 0}
        onClick={() => onOffset(Math.max(0, offset - pageSize))}
      >
        Previous
      </button>
      <button
        type="button"
        className="button"
        disabled={last >= total}
        onClick={() => onOffset(offset + pageSize)}
      >
        Next
      </button>
    </nav>
  );
}
