/** A line on the terminal that says how far a long work is; silent where no person looks. */
export interface Progress {
  /** Cheap enough to be called for every item. */
  update(items: number, bytesRead: number): void;
  clear(): void;
}

const INTERVAL_MS = 250;

export function createProgress(options: {
  readonly terminal: { readonly isTTY?: boolean; write(text: string): unknown };
  readonly what: string;
  /** Size of the whole, when it is known. */
  readonly bytesTotal?: number;
  readonly now: () => number;
}): Progress {
  const { terminal, what, bytesTotal, now } = options;
  if (terminal.isTTY !== true) return { update: () => undefined, clear: () => undefined };

  const startedMs = now();
  let shownMs = startedMs;
  let isShown = false;
  return {
    update(items, bytesRead) {
      const nowMs = now();
      if (nowMs - shownMs < INTERVAL_MS) return;
      shownMs = nowMs;
      isShown = true;
      const share =
        bytesTotal === undefined || bytesTotal === 0
          ? `${Math.round(bytesRead / 1_000_000)} MB`
          : `${Math.min(100, Math.round((100 * bytesRead) / bytesTotal))} %`;
      const perSecond = Math.round((1_000 * items) / (nowMs - startedMs));
      terminal.write(`\r\u001b[K${items} ${what}, ${share}, ${perSecond} a second`);
    },
    clear() {
      if (isShown) terminal.write("\r\u001b[K");
      isShown = false;
    },
  };
}
