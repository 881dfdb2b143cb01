import {
  type CounterName,
  createCounterMemory,
  GatewayCounters,
} from "../../src/sources/gateway/gateway-counters.ts";
import { type GatewayOptions, gatewayOptions } from "../../src/sources/gateway/gateway-options.ts";
import { GatewayServer } from "../../src/sources/gateway/gateway-server.ts";
import { TestGuard, type TestGuardOptions } from "./test-guard.ts";

export interface RunningGateway {
  readonly port: number;
  readonly server: GatewayServer;
  readonly guard: TestGuard;
  /** Mistakes of the gateway itself and breaches of the guard's contract; tests expect none. */
  readonly errors: readonly unknown[];
  count(name: CounterName): number;
  close(): Promise<void>;
}

/** Input as it stands in merlon.yaml; `upstream` is short for one upstream without conditions. */
export interface GatewayInput {
  readonly upstream?: string;
  readonly upstreams?: readonly object[];
  readonly listen?: object;
  readonly timeouts?: object;
  readonly limits?: object;
  readonly trustedProxies?: readonly string[];
  readonly drainMs?: number;
}

export function optionsOf({ upstream, ...input }: GatewayInput): GatewayOptions {
  return gatewayOptions.parse({
    upstreams: upstream === undefined ? [] : [{ url: upstream }],
    drainMs: 200,
    ...input,
    listen: { port: 0, ...input.listen },
  });
}

/** A gateway in this thread on a free port of loopback, with a guard that does as told. */
export async function startGateway(
  input: GatewayInput,
  guarded: TestGuardOptions = {},
): Promise<RunningGateway> {
  const guard = new TestGuard(guarded);
  const errors: unknown[] = guard.breaches;
  const counters = new GatewayCounters(createCounterMemory(1), 0);
  const server = new GatewayServer(
    { options: optionsOf(input), guard },
    { counters, onInternalError: (error) => errors.push(error) },
  );
  const { port } = await server.listen({ reusePort: false });
  return {
    port,
    server,
    guard,
    errors,
    count: (name) => counters.value(name),
    close: () => server.drain(),
  };
}
