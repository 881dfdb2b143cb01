import type { Decision } from "../../src/model/decision.ts";
import type { Header } from "../../src/model/exchange.ts";
import { createGuard } from "../../src/protection/create-guard.ts";
import type { Guard } from "../../src/protection/guard.ts";
import { createInstallation } from "../../src/protection/installation.ts";
import { authentication } from "../../src/protection/protections/authentication.ts";
import { objectAuthorization } from "../../src/protection/protections/object-authorization.ts";
import { Random } from "./random.ts";
import { type Call, type CompanyOptions, SimulatedApi } from "./simulated-api.ts";

export interface OwnershipOptions extends CompanyOptions {
  readonly seed: number;
  /** Visits of honest users; attackers begin after half of them. */
  readonly visits: number;
  readonly attackers: number;
}

export interface OwnershipFigures {
  readonly calls: number;
  readonly attacks: number;
  /** Of the attacks, how many would be refused. */
  readonly recall: number;
  /** Of what would be refused, how much was an attack (probes for missing objects left out). */
  readonly precision: number;
  readonly honestRefused: number;
  readonly honestReported: number;
  readonly bytesPerUser: number;
  readonly microsecondsPerCall: number;
}

export const ownershipDefaults: OwnershipOptions = {
  seed: 1,
  users: 500,
  staff: 5,
  groups: 60,
  products: 400,
  visits: 12_000,
  attackers: 10,
};

/** Runs simulated traffic through the protection alone and compares its verdicts with the truth. */
export async function measureOwnership(options: OwnershipOptions): Promise<OwnershipFigures> {
  const random = new Random(options.seed);
  const api = new SimulatedApi(random, options);
  const attackers = Array.from({ length: options.attackers }, () => random.pick(api.users));
  let decision: Decision | undefined;
  let nowMs = 1_800_000_000_000;
  const guard = createGuard({
    policy: {
      mode: "observe",
      onFailure: "allow",
      protections: {},
      apis: [],
      endpoints: [],
      exceptions: [],
    },
    record: (record) => {
      decision = record.decision;
    },
    now: () => nowMs,
    newId: () => `exchange-${nowMs}`,
    installation: createInstallation({ digestKey: new Uint8Array(32).fill(options.seed) }),
    protections: [authentication, objectAuthorization],
  });

  const tally = new Tally();
  const before = memoryUsed();
  const play = async (calls: readonly Call[]): Promise<void> => {
    for (const call of calls) {
      nowMs += 1_000;
      const startedMs = performance.now();
      decision = undefined;
      await pass(guard, call);
      tally.count(call, decision, performance.now() - startedMs);
    }
  };

  for (let visit = 0; visit < options.visits; visit += 1) {
    await play(api.visit(random.pick(api.users)));
    if (visit % 25 === 0) await play(api.support(random.pick(api.staff)));
    const attacker = attackers[visit % attackers.length];
    if (visit > options.visits / 2 && visit % 100 === 0 && attacker !== undefined) {
      await play(random.chance(0.5) ? api.enumerate(attacker) : api.snoop(attacker));
    }
  }
  return { ...tally.figures(), bytesPerUser: Math.round((memoryUsed() - before) / options.users) };
}

/** Compares verdicts with the truth. */
class Tally {
  #calls = 0;
  #attacks = 0;
  #found = 0;
  #honestRefused = 0;
  #honestReported = 0;
  #durationMs = 0;

  count({ truth }: Call, decision: Decision | undefined, durationMs: number): void {
    const isRefused = decision?.wouldBe === "block";
    this.#calls += 1;
    this.#durationMs += durationMs;
    if (truth === "attack") {
      this.#attacks += 1;
      this.#found += isRefused ? 1 : 0;
    } else if (truth === "honest") {
      this.#honestRefused += isRefused ? 1 : 0;
      this.#honestReported += (decision?.detections.length ?? 0) > 0 ? 1 : 0;
    }
  }

  figures(): Omit<OwnershipFigures, "bytesPerUser"> {
    return {
      calls: this.#calls,
      attacks: this.#attacks,
      recall: this.#found / this.#attacks,
      precision: this.#found / (this.#found + this.#honestRefused),
      honestRefused: this.#honestRefused,
      honestReported: this.#honestReported,
      microsecondsPerCall: (this.#durationMs * 1_000) / this.#calls,
    };
  }
}

function memoryUsed(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

async function pass(guard: Guard, call: Call): Promise<void> {
  const transaction = guard.open({ client: "192.0.2.1" });
  const json: Header = ["content-type", "application/json"];
  const body = call.body === undefined ? undefined : Buffer.from(JSON.stringify(call.body));
  await transaction.requestHeaders({
    method: call.method,
    scheme: "https",
    authority: "shop.example",
    path: call.path,
    query: call.query ?? "",
    httpVersion: "1.1",
    headers: [
      ["authorization", `Bearer ${tokenOf(call.user)}`],
      ...(body === undefined ? [] : [json, ["content-length", String(body.length)] as Header]),
    ],
  });
  if (body !== undefined) await transaction.requestBody(body, true);
  await transaction.responseHeaders({ status: call.status, headers: [json] });
  await transaction.responseBody(Buffer.from(JSON.stringify(call.answer)), true);
  transaction.close();
}

/** A token that names its subject; nobody verifies it here. */
function tokenOf(user: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  return `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: user })}.${"c2ln".repeat(10)}`;
}
