/** `2026-11-23`, in the reader's time zone. */
export function dayOf(timeMs: number): string {
  return new Date(timeMs).toLocaleDateString("sv-SE");
}

/** The end of a day that a date field names, in the reader's time zone. */
export function endOfDayMs(day: string): number {
  return new Date(`${day}T23:59:59`).getTime();
}
