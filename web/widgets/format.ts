const numbers = new Intl.NumberFormat("en");
const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });

export function count(value: number): string {
  return numbers.format(value);
}

const steps: readonly (readonly [unitMs: number, unit: Intl.RelativeTimeFormatUnit])[] = [
  [86_400_000, "day"],
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1_000, "second"],
];

/** `3 minutes ago`. */
export function timeAgo(timeMs: number, nowMs: number = Date.now()): string {
  const pastMs = nowMs - timeMs;
  const [unitMs, unit] = steps.find(([size]) => pastMs >= size) ?? [1_000, "second"];
  return relative.format(-Math.max(0, Math.round(pastMs / unitMs)), unit as never);
}

/** `2026-11-23 20:15:03`, in the reader's time zone. */
export function timeOf(timeMs: number): string {
  return new Date(timeMs).toLocaleString("sv-SE");
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** `sql-injection` → `SQL injection`. */
export function words(id: string): string {
  const text = id.replaceAll("-", " ");
  const upper = text.replace(
    /\b(sql|os|jwt|cors|api|url|iban|ip|xml|json|graphql|http)\b/g,
    (word) => word.toUpperCase(),
  );
  return upper.charAt(0).toUpperCase() + upper.slice(1);
}
