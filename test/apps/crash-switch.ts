import { BroadcastChannel } from "node:worker_threads";

const name = "crash-switch";

/** In a worker: calls `crash` when the switch is thrown for this worker's number. */
export function startCrashSwitch(worker: number, crash: () => void): void {
  const channel = new BroadcastChannel(name);
  // A channel keeps its thread alive; this one must end when its work does.
  channel.unref();
  channel.onmessage = (message) => {
    if ((message as { data: unknown }).data === worker) setImmediate(crash);
  };
}

/** In the test: makes one worker crash. */
export function crashWorker(worker: number): void {
  const channel = new BroadcastChannel(name);
  channel.postMessage(worker);
  channel.close();
}
