import { constants, setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { createGuard } from "../protection/create-guard.ts";
import type { ExchangeRecord, Guard } from "../protection/guard.ts";
import { noKnowledge } from "../protection/knowledge.ts";
import { GatewayCounters } from "../sources/gateway/gateway-counters.ts";
import { GatewayServer } from "../sources/gateway/gateway-server.ts";
import { createExchangeIds } from "./exchange-ids.ts";
import { RecordQueue } from "./record-queue.ts";
import { openInstallation } from "./worker-installation.ts";
import type { FromWorker, ToWorker, WorkerBirth, WorkerConfiguration } from "./worker-messages.ts";

/*
 * Entry of a gateway thread: a guard and a server, commanded by the control thread. It answers
 * each command and never waits for one.
 */

takeGatewayPriority();
const birth = workerData as WorkerBirth;
const counters = new GatewayCounters(birth.counters, birth.index);
const now = Date.now;
const newId = createExchangeIds(now);
const queue = new RecordQueue(
  {
    send: (batch, bytes, transfer) => tell({ type: "records", batch, bytes }, transfer),
    counters,
    now,
  },
  birth.configuration.gateway.limits,
);
const installation = openInstallation(birth.installation, (isAway) => {
  counters.add("counterStoresAway", isAway ? 1 : -1);
  tell({
    type: "log",
    level: isAway ? "error" : "warn",
    message: isAway
      ? "the counter store is away: each limit does as its whenAway says"
      : "the counter store is back",
  });
});
let knowledge = birth.configuration.knowledge ?? noKnowledge;
const server = new GatewayServer(configurationOf(birth.configuration), {
  counters,
  onInternalError: (error) => tell({ type: "log", level: "error", message: textOf(error) }),
});

parentPort?.on("message", (message: ToWorker) => {
  if (message.type === "taken") queue.acknowledge(message.bytes);
  else if (message.type === "apply") apply(message.change, message.configuration);
  else drain();
});

server.listen({ reusePort: birth.reusePort }).then(
  ({ address, port }) => tell({ type: "listening", address, port }),
  (error: unknown) => tell({ type: "not-listening", problem: textOf(error) }),
);

/** A thread that replaces another is begun by the control thread, whose low priority it must not keep. */
function takeGatewayPriority(): void {
  if (process.platform !== "linux") return;
  try {
    setPriority(constants.priority.PRIORITY_NORMAL);
  } catch {
    // Without the privilege it stays as it was begun: slower beside other processes, no less correct.
  }
}

function apply(change: number, configuration: WorkerConfiguration): void {
  try {
    knowledge = configuration.knowledge ?? knowledge;
    server.apply(configurationOf(configuration));
    queue.use(configuration.gateway.limits);
    tell({ type: "applied", change });
  } catch (error) {
    tell({ type: "applied", change, problem: textOf(error) });
  }
}

function drain(): void {
  server.drain().then(
    () => {
      queue.flush();
      tell({ type: "drained" });
    },
    (error: unknown) => tell({ type: "log", level: "error", message: textOf(error) }),
  );
}

function configurationOf({ gateway, policy }: WorkerConfiguration): {
  readonly options: WorkerConfiguration["gateway"];
  readonly guard: Guard;
} {
  const guard = createGuard({
    policy,
    knowledge,
    installation,
    record,
    now,
    newId,
    bodyLimits: { inspectionBytesMax: gateway.limits.bodyBytesInspectedMax },
    failed: (part, error) => {
      counters.add("guardFailures");
      tell({ type: "log", level: "warn", message: `${part} failed: ${textOf(error)}` });
    },
  });
  return { options: gateway, guard };
}

function record(finished: ExchangeRecord): void {
  const { decision } = finished;
  if (decision?.action === "allow" && decision.wouldBe === "block") counters.add("wouldBlock");
  queue.offer(finished);
}

function tell(message: FromWorker, transfer: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transfer);
}

// The stack names our own lines; the message of a foreign error might quote a client.
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return "code" in error ? error.message : (error.stack ?? error.name);
}
