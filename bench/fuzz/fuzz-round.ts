import { createEngine } from "../../src/engine.ts";
import type { HttpRequest } from "../../src/model/exchange.ts";
import { createGuard } from "../../src/protection/create-guard.ts";
import type { Guard } from "../../src/protection/guard.ts";
import { parseRawRequest } from "../../src/sources/gateway/raw-request.ts";
import { Random } from "../ownership/random.ts";
import { mutated } from "./mutate.ts";
import { rawRequestOf, requestOf } from "./request-of.ts";

/** Processor time that one input, of some 16 KB at most, may take, in milliseconds. */
export const inputMsMax = 60;
/** Bound of what is kept to mutate further. */
const poolMax = 4_096;
const findingsMax = 20;
/** One input in so many also goes through a guard with every protection. */
const guardEvery = 8;

export interface FuzzFinding {
  readonly kind: "exception" | "slow";
  readonly what: string;
  readonly text: string;
  /** What has the same input made again: with it and `nth` the round is repeatable. */
  readonly seed: number;
  readonly nth: number;
}

export interface FuzzRound {
  readonly inputs: number;
  readonly findings: readonly FuzzFinding[];
  /** Of the slowest input, run again when it was beyond the bound. */
  readonly slowestMs: number;
}

/** Sends so many mutations of the texts through decoders, detectors and, some of them, all protections. */
export async function fuzzRound(
  texts: readonly string[],
  { seed, inputs }: { readonly seed: number; readonly inputs: number },
): Promise<FuzzRound> {
  const random = new Random(seed);
  const target = createTarget();
  const pool = texts.slice(0, poolMax);
  const findings: FuzzFinding[] = [];
  let slowestMs = 0;
  let done = 0;
  for (let nth = 0; nth < inputs && findings.length < findingsMax; nth++) {
    const base = random.chance(0.5) ? random.pick(pool) : random.pick(texts);
    const text = mutated(base, random, random.pick(texts));
    const request = random.chance(0.1) ? rawRequestOf(text, random) : requestOf(text, random);
    done += 1;
    const outcome = await tried(() => target(request, nth % guardEvery === 0));
    slowestMs = Math.max(slowestMs, outcome.tookMs);
    if (outcome.isNotable) pool[pool.length < poolMax ? pool.length : random.below(poolMax)] = text;
    if (outcome.failure !== undefined) {
      findings.push({ kind: "exception", what: outcome.failure, text, seed, nth });
    } else if (outcome.tookMs > inputMsMax) {
      findings.push({ kind: "slow", what: `${outcome.tookMs.toFixed(1)} ms`, text, seed, nth });
    }
  }
  return { inputs: done, findings, slowestMs };
}

type Target = (input: HttpRequest | Uint8Array, withGuard: boolean) => Promise<boolean>;

/** Gives whether the input is worth mutating further: something was seen in it. */
function createTarget(): Target {
  const engine = createEngine();
  const failures: unknown[] = [];
  const guard = createGuard({
    policy: {
      mode: "enforce",
      onFailure: "allow",
      protections: {},
      apis: [],
      endpoints: [],
      exceptions: [],
    },
    record: () => undefined,
    now: Date.now,
    newId: () => "id",
    // Reaching the inspection limit is an intended way to fail: the policy decides.
    failed: (_part, error) => {
      if (!(error instanceof Error && error.name === "InspectionLimitReached"))
        failures.push(error);
    },
  });

  return async (input, withGuard) => {
    let request: HttpRequest;
    if (input instanceof Uint8Array) {
      const parsed = parseRawRequest(input);
      if ("refusal" in parsed) return false;
      request = parsed.request;
    } else {
      request = input;
    }
    const isNotable = engine.inspect(request).length > 0;
    if (withGuard) await throughGuard(guard, request);
    const failure = failures.pop();
    if (failure !== undefined) throw failure;
    return isNotable;
  };
}

async function throughGuard(guard: Guard, request: HttpRequest): Promise<void> {
  const transaction = guard.open({ client: "192.0.2.1" });
  const bytes = request.body?.bytes;
  await transaction.requestHeaders(request);
  if (bytes !== undefined && transaction.requestBodyPlan().treatment !== "skip") {
    await transaction.requestBody(bytes, true);
  }
  // The same bytes come back, as from an upstream that echoes.
  await transaction.responseHeaders({
    status: 200,
    headers: [["content-type", "application/json"]],
  });
  if (bytes !== undefined && transaction.responseBodyPlan().treatment !== "skip") {
    await transaction.responseBody(bytes, true);
  }
  transaction.close();
}

interface Outcome {
  readonly tookMs: number;
  readonly isNotable: boolean;
  /** The stack of what was thrown. */
  readonly failure?: string;
}

/** The least time of up to three runs: collection of garbage and compilation are not the input's doing. */
async function tried(run: () => Promise<boolean>): Promise<Outcome> {
  let tookMs = Number.POSITIVE_INFINITY;
  let isNotable = false;
  for (let nth = 0; nth < 3 && tookMs > inputMsMax; nth++) {
    const before = process.threadCpuUsage();
    try {
      isNotable = await run();
    } catch (error) {
      const failure = error instanceof Error ? String(error.stack) : String(error);
      return { tookMs: 0, isNotable, failure };
    }
    const { user, system } = process.threadCpuUsage(before);
    tookMs = Math.min(tookMs, (user + system) / 1000);
  }
  return { tookMs, isNotable };
}
