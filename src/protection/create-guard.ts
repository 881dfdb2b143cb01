import { builtInDetectors } from "../detection/detectors/index.ts";
import { createDetectionEngine } from "../detection/engine.ts";
import { fieldsOfBody } from "../http/body-fields.ts";
import { fieldsOfHead } from "../http/head-fields.ts";
import { type BodyLimits, defaultBodyLimits } from "./body-plan.ts";
import type { FieldReaders } from "./field-readers.ts";
import type { ExchangeRecord, Guard } from "./guard.ts";
import type { GuardParts } from "./guard-parts.ts";
import { createInstallation, type Installation } from "./installation.ts";
import { createEndpointLookup, type Knowledge, noKnowledge } from "./knowledge.ts";
import { createPlanner } from "./plan.ts";
import type { Policy } from "./policy.ts";
import { builtInProtections } from "./protections/index.ts";
import type { ProtectionFactory } from "./protections/protection-definition.ts";
import { GuardedTransaction } from "./transaction.ts";

export interface GuardOptions {
  readonly policy: Policy;
  /** Gets every finished exchange, on the request path: it only queues, and never waits. */
  readonly record: (record: ExchangeRecord) => void;
  readonly now: () => number;
  readonly newId: () => string;
  /** Told of each protection that threw, for log and counter; `record` when the recorder did. */
  readonly failed?: (part: string, error: unknown) => void;
  readonly bodyLimits?: Partial<BodyLimits>;
  /** What is known of the APIs behind; nothing when missing. */
  readonly knowledge?: Knowledge;
  /** Outlives the guard; one of its own when missing. */
  readonly installation?: Installation;
  /** What runs instead of Merlon's own protections, for embedding. */
  readonly protections?: readonly ProtectionFactory[];
  readonly readers?: FieldReaders;
}

/** Compiles a policy into the guard that sources call; a changed policy is a new guard. */
export function createGuard(options: GuardOptions): Guard {
  const { policy, record, now, newId, failed, knowledge = noKnowledge } = options;
  const { installation = createInstallation() } = options;
  const engine = createDetectionEngine(builtInDetectors, { cpuMs: threadCpuMs });
  const protections = (options.protections ?? builtInProtections).map((factory) =>
    factory.build(policy.protections[factory.id], {
      inspect: (fields, request) => engine.inspect(fields, request),
      now,
      knowledge,
      installation,
    }),
  );
  const parts: GuardParts = {
    planner: createPlanner(policy, protections),
    onFailure: policy.onFailure,
    readers: options.readers ?? { fieldsOfHead, fieldsOfBody },
    endpointOf: createEndpointLookup(knowledge),
    bodyLimits: { ...defaultBodyLimits, ...options.bodyLimits },
    record,
    now,
    ...(failed === undefined ? {} : { failed }),
  };

  return {
    open(connection) {
      return new GuardedTransaction(connection.id ?? newId(), connection, parts);
    },
    refused(connection, refusal) {
      const transaction = new GuardedTransaction(connection.id ?? newId(), connection, parts);
      transaction.refused(refusal);
      transaction.close();
      return transaction.id;
    },
  };
}

/** Of this thread alone, so that a busy machine does not make requests look expensive. */
function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
