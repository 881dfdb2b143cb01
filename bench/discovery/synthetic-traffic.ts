import type { GroundTruth, LabelledRequest, TrueOperation } from "./ground-truth.ts";
import type { SyntheticApi } from "./synthetic-apis-table.ts";
import { createRandom, makeValue, type Random } from "./synthetic-values.ts";

interface PlannedOperation {
  readonly truth: TrueOperation;
  readonly pattern: string;
  readonly weight: number;
}

/** Traffic of an invented API: operations and values by Zipf's law, failures and noise included. */
export function synthesise(
  api: SyntheticApi,
  options: { seed: number; requests: number },
): GroundTruth {
  const random = createRandom(options.seed);
  const operations = api.operations.map((line, rank) => planned(line, rank, random));
  const pools = new Map<string, string[]>();
  const total = operations.reduce((sum, { weight }) => sum + weight, 0);
  const requests: LabelledRequest[] = [];
  for (let at = 0; at < options.requests; at += 1) {
    const common = {
      timeMs: 1_767_570_000_000 + at * 800,
      host: api.host,
      user: `u${zipf(random, 400)}`,
    };
    if (random() < 0.03) {
      requests.push({ ...common, ...noise(random) });
      continue;
    }
    const { truth, pattern } = choose(operations, random() * total);
    const target = fill(pattern, pools, random) + (random() < 0.02 ? "/" : "") + queryOf(random);
    requests.push({
      ...common,
      method: truth.method,
      target,
      status: statusOf(random),
      operation: truth,
    });
  }
  return {
    name: api.name,
    requests,
    documented: operations.filter(({ truth }) => !truth.shadow).map(({ truth }) => truth),
  };
}

function planned(line: string, rank: number, random: Random): PlannedOperation {
  const [method = "", pattern = ""] = line.split(" ");
  const template = pattern.replace(/\{(\w+):\w+\}/g, "{$1}");
  const weight = 1 / (1 + ((rank * 7919) % 97) * 0.3);
  const shadow = random() < 0.15;
  return {
    pattern,
    weight,
    truth: { method, template, shadow, deprecated: !shadow && random() < 0.05 },
  };
}

function choose(operations: readonly PlannedOperation[], at: number): PlannedOperation {
  let rest = at;
  for (const operation of operations) {
    rest -= operation.weight;
    if (rest <= 0) return operation;
  }
  return operations[0] as PlannedOperation;
}

/** Two values in three were used before. */
function fill(pattern: string, pools: Map<string, string[]>, random: Random): string {
  return pattern.replace(/\{(\w+):(\w+)\}/g, (_all, name: string, style: string) => {
    const key = `${name}:${style}`;
    const pool = pools.get(key) ?? [];
    pools.set(key, pool);
    if (pool.length > 0 && random() < 0.6) return pool[zipf(random, pool.length)] ?? "";
    const value = makeValue(style, random);
    pool.push(value);
    return value;
  });
}

function zipf(random: Random, size: number): number {
  return Math.min(size - 1, Math.floor(size ** random()) - 1);
}

function statusOf(random: Random): number {
  if (random() < 0.83) return 200;
  const statuses = [400, 401, 403, 404, 404, 404, 422, 429, 500, 502];
  return statuses[Math.floor(random() * statuses.length)] ?? 404;
}

function queryOf(random: Random): string {
  if (random() < 0.7) return "";
  return `?page=${Math.floor(random() * 20)}&sort=${random() < 0.5 ? "name" : "created"}`;
}

function noise(random: Random): Pick<LabelledRequest, "method" | "target" | "status"> {
  const targets: readonly (readonly [string, number])[] = [
    ["/robots.txt", 200],
    ["/favicon.ico", 200],
    ["/static/css/site.9ab31f.css", 200],
    ["/img/hero.webp", 200],
    ["/.env", 404],
    ["/wp-login.php", 404],
    ["/admin/config.bak", 404],
    [`/backup-${Math.floor(random() * 90)}.zip`, 404],
    [`/${makeValue("slug", random)}.php`, 404],
  ];
  const [target, status] = targets[Math.floor(random() * targets.length)] ?? ["/", 404];
  return { method: "GET", target, status };
}
