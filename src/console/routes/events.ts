import { z } from "zod";
import type { EventQuery } from "../../discovery/event-store.ts";
import type { EventList } from "../contract.ts";
import type { Route } from "../route.ts";
import { validatedQuery } from "../validate.ts";

const kinds = [
  "new",
  "schema-changed",
  "newly-exposed",
  "newly-sensitive",
  "authentication-changed",
  "dormant",
  "woken",
] as const;

const eventQuery = z.strictObject({
  endpoint: z.string().max(64).exactOptional(),
  kind: z.enum(kinds).exactOptional(),
  news: z.enum(["true", "false"]).default("false"),
  before: z
    .string()
    .regex(/^\d{1,15}-.{1,80}$/, "must be the `next` of a page before")
    .exactOptional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** The change history of the inventory. */
export const eventRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/events",
    access: "own-password",
    async answer({ query }, { backend }) {
      const wanted = validatedQuery(eventQuery, query);
      const items = await backend.inventory.events(storeQueryOf(wanted));
      const last = items.length === wanted.limit ? items.at(-1) : undefined;
      const list: EventList = {
        items,
        ...(last === undefined ? {} : { next: `${last.timeMs}-${last.id}` }),
      };
      return { status: 200, json: list };
    },
  },
];

function storeQueryOf(wanted: z.infer<typeof eventQuery>): EventQuery {
  const { endpoint, kind, news, before, limit } = wanted;
  const dash = before?.indexOf("-") ?? -1;
  return {
    limit,
    newsOnly: news === "true",
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(kind === undefined ? {} : { kind }),
    ...(before === undefined
      ? {}
      : { beforeMs: Number(before.slice(0, dash)), beforeId: before.slice(dash + 1) }),
  };
}
