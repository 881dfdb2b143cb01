import { createGuard } from "../../src/protection/create-guard.ts";
import type { ProtectionCase } from "./protection-case.ts";

/** A guard made ready to be measured. */
export interface MeasurableCase {
  readonly name: string;
  /** Requests that can be sent before one comes again. */
  readonly requests: number;
  /** Sends so many and tells the CPU time of a request in microseconds, helper threads included. */
  run(count: number): Promise<number>;
}

export function createMeasurableCase(measured: ProtectionCase): MeasurableCase {
  const { name, protections, settings, requests, body, knowledge } = measured;
  const policy = {
    mode: "enforce",
    onFailure: "allow",
    protections: settings,
    apis: [],
    endpoints: [],
    exceptions: [],
  } as const;
  const guard = createGuard({
    policy,
    protections,
    ...(knowledge === undefined ? {} : { knowledge }),
    record: () => undefined,
    now: Date.now,
    newId: () => "id",
    failed: (part, error) => {
      throw new Error(`${part} failed`, { cause: error });
    },
  });
  let next = 0;

  async function send(): Promise<void> {
    const head = requests[next % requests.length];
    next += 1;
    if (head === undefined) return;
    const transaction = guard.open({ client: "192.0.2.1" });
    const settled = transaction.requestHeaders(head);
    const verdict = settled instanceof Promise ? await settled : settled;
    if (verdict.action === "block") throw new Error(`${name}: ${verdict.reason}`);
    if (body !== undefined) await transaction.requestBody(body, true);
    transaction.close();
  }

  return {
    name,
    requests: requests.length,
    async run(count) {
      const before = process.cpuUsage();
      for (let index = 0; index < count; index += 1) await send();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / count;
    },
  };
}
