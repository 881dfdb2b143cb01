import type { Configuration } from "../config/configuration.ts";
import { environmentVariable } from "../config/environment-variable.ts";
import type { InventoryEvent } from "../model/inventory-event.ts";
import { type Log, messageOf } from "./log.ts";
import { createWebhookNotifier } from "./webhook-notifier.ts";

/** Tells whom the configuration names; does nothing when it names nobody. */
export function inventoryNotifierOf(
  { notifications: { webhook } }: Configuration,
  log: Log,
): (events: readonly InventoryEvent[]) => void {
  if (webhook === undefined) return () => undefined;
  const { url, secretVariable, kinds } = webhook;
  const secret = secretVariable === undefined ? undefined : environmentVariable(secretVariable);
  const notifier = createWebhookNotifier({
    url,
    ...(secret === undefined ? {} : { secret }),
    ...(kinds === undefined ? {} : { kinds }),
    now: Date.now,
    onProblem: (problem) =>
      log({ level: "error", event: "webhook-failed", message: messageOf(problem) }),
  });
  return (events) => notifier.notify(events);
}
