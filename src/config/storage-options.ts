import { z } from "zod";

export interface StorageOptions {
  readonly directory: string;
  readonly retention: { readonly ageDays: number; readonly sizeMb: number };
}

/** Where recorded traffic and the inventory are kept, and for how long. */
export const storageOptions: z.ZodType<StorageOptions> = z
  .strictObject({
    directory: z
      .string()
      .min(1)
      .default(".merlon")
      .describe("Directory of the database, relative to this file."),
    retention: z
      .strictObject({
        ageDays: z.number().positive().max(3_650).default(30).describe("Older traffic is deleted."),
        sizeMb: z
          .int()
          .min(16)
          .default(2_048)
          .describe("Over this size the oldest traffic is deleted, in megabytes."),
      })
      .prefault({})
      .describe("How long recorded exchanges and decisions are kept."),
  })
  .prefault({})
  .describe("Where recorded traffic and the inventory are kept, and for how long.");
