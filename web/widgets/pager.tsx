import type { ReactElement } from "react";
import { count } from "./format.ts";

/** Moves through a long list; nothing when it fits one page. */
export function Pager(props: {
  readonly offset: number;
  readonly size: number;
  readonly total: number;
  readonly onOffset: (offset: number) => void;
}): ReactElement | null {
  const { offset, size, total, onOffset } = props;
  if (total <= size) return null;
  const last = Math.min(total, offset + size);
  return (
    <nav aria-label="List pages" className="flex items-center justify-end gap-3">
      <span className="text-mute tabular-nums">
        {count(offset + 1)}–{count(last)} of {count(total)}
      </span>
      <button
        type="button"
        className="button"
        disabled={offset === 0}
        onClick={() => onOffset(Math.max(0, offset - size))}
      >
        Previous
      </button>
      <button
        type="button"
        className="button"
        disabled={last >= total}
        onClick={() => onOffset(offset + size)}
      >
        Next
      </button>
    </nav>
  );
}
