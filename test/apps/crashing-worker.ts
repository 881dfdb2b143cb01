import { workerData } from "node:worker_threads";
import "../../src/app/gateway-worker.ts";
import type { WorkerBirth } from "../../src/app/worker-messages.ts";
import { startCrashSwitch } from "./crash-switch.ts";

/*
 * The gateway's own worker with a switch that makes it crash, for tests of what the others do then.
 */

startCrashSwitch((workerData as WorkerBirth).index, () => {
  throw new Error("crashed as told");
});
