const numbers = new Intl.NumberFormat("en");

export function count(value: number): string {
  return numbers.format(value);
}

const steps: readonly (readonly [unitMs: number, unit: string])[] = [
  [86_400_000, "d"],
  [3_600_000, "h"],
  [60_000, "min"],
  [1_000, "s"],
];

/** `3 min ago`. */
export function timeAgo(timeMs: number, nowMs: number = Date.now()): string {
  const pastMs = nowMs - timeMs;
  if (pastMs < 1_000) return "now";
  return `${duration(pastMs)} ago`;
}

/** `3 min`: one unit, rounded down. */
export function duration(lengthMs: number): string {
  const [unitMs, unit] = steps.find(([size]) => lengthMs >= size) ?? [1_000, "s"];
  return `${Math.floor(lengthMs / unitMs)} ${unit}`;
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
