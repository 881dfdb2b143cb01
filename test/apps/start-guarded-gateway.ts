import { createGuard, type GuardOptions } from "../../src/protection/create-guard.ts";
import type { ExchangeRecord } from "../../src/protection/guard.ts";
import type { Policy } from "../../src/protection/policy.ts";
import {
  createCounterMemory,
  GatewayCounters,
} from "../../src/sources/gateway/gateway-counters.ts";
import { GatewayServer } from "../../src/sources/gateway/gateway-server.ts";
import { type GatewayInput, optionsOf } from "./start-gateway.ts";

/** A gateway with Merlon's own guard, as far as one thread goes: no learning, no console. */
export interface GuardedGateway {
  readonly origin: string;
  readonly records: readonly ExchangeRecord[];
  /** What protections threw; tests expect none. */
  readonly failures: readonly unknown[];
  close(): Promise<void>;
}

let made = 0;

/** Starts it on a free port of loopback under the policy, everything unsaid as by default. */
export async function startGuardedGateway(
  input: GatewayInput,
  policy: Partial<Policy>,
  options: Partial<GuardOptions> = {},
): Promise<GuardedGateway> {
  const records: ExchangeRecord[] = [];
  const failures: unknown[] = [];
  const guard = createGuard({
    policy: {
      mode: "enforce",
      onFailure: "allow",
      protections: {},
      apis: [],
      endpoints: [],
      exceptions: [],
      ...policy,
    },
    record: (record) => records.push(record),
    now: Date.now,
    newId: () => {
      made += 1;
      return `decision-${made}`;
    },
    failed: (part, error) => failures.push(`${part}: ${error}`),
    ...options,
  });
  const server = new GatewayServer(
    { options: optionsOf(input), guard },
    {
      counters: new GatewayCounters(createCounterMemory(1), 0),
      onInternalError: (error) => failures.push(error),
    },
  );
  const { port } = await server.listen({ reusePort: false });
  return {
    origin: `http://127.0.0.1:${port}`,
    records,
    failures,
    close: () => server.drain(),
  };
}
