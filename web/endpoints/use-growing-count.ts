import { type RefObject, useEffect, useRef, useState } from "react";

const rowsStep = 100;
/** Rows are made before they come into sight. */
const aheadPx = 1_200;

/** How many rows to show: a first step, and one more each time their end comes near. */
export function useGrowingCount(total: number): {
  readonly shown: number;
  readonly sentinel: RefObject<HTMLDivElement | null>;
} {
  const [limit, setLimit] = useState(rowsStep);
  const sentinel = useRef<HTMLDivElement>(null);
  const shown = Math.min(limit, total);

  useEffect(() => {
    const element = sentinel.current;
    if (element === null || shown >= total) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setLimit(shown + rowsStep);
      },
      { rootMargin: `${aheadPx}px` },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [shown, total]);

  return { shown, sentinel };
}
