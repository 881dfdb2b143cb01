import { z } from "zod";
import type { InventoryEventKind } from "../model/inventory-event.ts";

export interface NotificationOptions {
  readonly webhook?: {
    readonly url: string;
    readonly secretVariable?: string;
    readonly kinds?: readonly InventoryEventKind[];
  };
}

const kinds: readonly InventoryEventKind[] = [
  "new",
  "schema-changed",
  "newly-exposed",
  "newly-sensitive",
  "authentication-changed",
  "dormant",
  "woken",
];

/** Who is told when the inventory changes. */
export const notificationOptions: z.ZodType<NotificationOptions> = z
  .strictObject({
    webhook: z
      .strictObject({
        url: z
          .url({ protocol: /^https?$/ })
          .describe("Receiver of inventory events, each request a JSON object with `events`."),
        secretVariable: z
          .string()
          .regex(/^[A-Za-z_]\w*$/)
          .exactOptional()
          .describe("Environment variable with the key of the `merlon-signature` header."),
        kinds: z
          .array(z.enum(kinds))
          .exactOptional()
          .describe("Kinds of events that are sent; missing: all."),
      })
      .exactOptional()
      .describe("Receiver that events of the inventory are posted to."),
  })
  .prefault({})
  .describe("Who is told when the inventory changes.");
