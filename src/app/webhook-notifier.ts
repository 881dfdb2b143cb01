import { createHmac } from "node:crypto";
import type { InventoryEvent, InventoryEventKind } from "../model/inventory-event.ts";

export interface WebhookOptions {
  readonly url: string;
  /** Key of the `merlon-signature` header; missing: unsigned. */
  readonly secret?: string;
  /** Kinds that are sent; missing: all. */
  readonly kinds?: readonly InventoryEventKind[];
  readonly now: () => number;
  /** Told once a batch is given up, and when the queue is full. */
  readonly onProblem: (problem: unknown) => void;
  /** Waits between tries, in milliseconds; as many tries more than there are waits. */
  readonly waitsMs?: readonly number[];
}

export interface WebhookNotifier {
  /** Takes events into the queue; returns at once, and drops what does not fit. */
  notify(events: readonly InventoryEvent[]): void;
  counts(): WebhookCounts;
  /** Resolves when nothing is on its way any more. */
  settled(): Promise<void>;
}

interface WebhookCounts {
  readonly sent: number;
  readonly dropped: number;
  readonly waiting: number;
}

const queueMax = 1_000;
const batchMax = 50;
const timeoutMs = 10_000;
const defaultWaitsMs: readonly number[] = [1_000, 5_000, 25_000];

/** Posts inventory events to a receiver, one batch at a time, far from the path of any request. */
export function createWebhookNotifier(options: WebhookOptions): WebhookNotifier {
  const { kinds, onProblem } = options;
  const queue: InventoryEvent[] = [];
  let [sent, dropped] = [0, 0];
  let running: Promise<void> | undefined;

  const drain = async (): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue.splice(0, batchMax);
      try {
        await deliver(batch, options);
        sent += batch.length;
      } catch (problem) {
        dropped += batch.length;
        onProblem(problem);
      }
    }
    running = undefined;
  };

  return {
    notify(events) {
      const wanted = events.filter(({ kind }) => kinds === undefined || kinds.includes(kind));
      const room = queueMax - queue.length;
      queue.push(...wanted.slice(0, room));
      if (wanted.length > room) {
        dropped += wanted.length - room;
        onProblem(new Error(`${wanted.length - room} events dropped, the queue is full`));
      }
      if (queue.length > 0) running ??= drain();
    },
    counts: () => ({ sent, dropped, waiting: queue.length }),
    settled: async () => running,
  };
}

async function deliver(events: readonly InventoryEvent[], options: WebhookOptions): Promise<void> {
  const body = JSON.stringify({ events });
  const waitsMs = options.waitsMs ?? defaultWaitsMs;
  for (let at = 0; ; at += 1) {
    try {
      await post(body, options);
      return;
    } catch (problem) {
      const waitMs = waitsMs[at];
      if (waitMs === undefined) throw problem;
      await new Promise((resolve) => setTimeout(resolve, waitMs).unref());
    }
  }
}

async function post(body: string, { url, secret, now }: WebhookOptions): Promise<void> {
  const seconds = Math.floor(now() / 1_000);
  const response = await fetch(url, {
    method: "POST",
    body,
    headers: {
      "content-type": "application/json",
      "user-agent": "merlon",
      ...(secret === undefined ? {} : { "merlon-signature": signatureOf(secret, seconds, body) }),
    },
    // A receiver that moves is for a person to follow.
    redirect: "error",
    signal: AbortSignal.timeout(timeoutMs),
  });
  await response.body?.cancel();
  if (!response.ok) throw new Error(`the webhook's receiver answered ${response.status}`);
}

/** `t=1767571200,v1=…`: HMAC-SHA-256 over time, a dot and the body, so that nothing can be replayed. */
function signatureOf(secret: string, seconds: number, body: string): string {
  const digest = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${digest}`;
}
