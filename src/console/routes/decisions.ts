import { z } from "zod";
import type { Decision } from "../../model/decision.ts";
import { endpointKeyOf } from "../../model/endpoint.ts";
import { suggestExceptions } from "../../protection/exceptions.ts";
import type { DecisionDetail, DecisionList } from "../contract.ts";
import { decisionViewOf } from "../decision-view.ts";
import { Problem } from "../problem.ts";
import type { Route } from "../route.ts";
import type { DecisionQuery, TrafficStore } from "../traffic-store.ts";
import { validatedQuery } from "../validate.ts";

/** Incidents looked through for the one a decision belongs to. */
const incidentsSearched = 200;

const decisionQuery = z.strictObject({
  client: z.string().max(200).exactOptional(),
  endpoint: z.string().max(200).exactOptional(),
  detector: z.string().max(100).exactOptional(),
  action: z.enum(["allow", "block"]).exactOptional(),
  wouldBe: z.enum(["allow", "block"]).exactOptional(),
  before: z
    .string()
    .regex(/^\d{1,15}(~.{1,200})?$/u, "must be the `next` of a former page")
    .exactOptional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** Decisions as a list, and one with everything that explains it. */
export const decisionRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/decisions",
    access: "own-password",
    async answer({ query }, { backend, traffic }) {
      const { before, ...wanted } = validatedQuery(decisionQuery, query);
      const found = await traffic.listDecisions({ ...wanted, ...positionOf(before) });
      const last = found.at(-1);
      const list: DecisionList = {
        items: found.map((decision) => decisionViewOf(decision, backend)),
        ...(last === undefined || found.length < wanted.limit
          ? {}
          : { next: `${last.timeMs}~${last.id}` }),
      };
      return { status: 200, json: list };
    },
  },
  {
    method: "GET",
    path: "/api/decisions/:id",
    access: "own-password",
    async answer({ parameters }, { backend, traffic }) {
      const decision = await traffic.findDecision(parameters["id"] ?? "");
      if (decision === undefined) throw new Problem(404, "No such decision is recorded.");

      const exchange = await traffic.findExchange(decision.id);
      const incident = await findIncidentOf(decision, traffic);
      const endpoint =
        decision.endpoint === undefined ? undefined : backend.endpoint(decision.endpoint);
      const detail: DecisionDetail = {
        decision: decisionViewOf(decision, backend),
        ...(exchange === undefined ? {} : { exchange }),
        ...(incident === undefined ? {} : { incident }),
        suggestedExceptions: suggestExceptions(
          decision,
          endpoint === undefined ? undefined : endpointKeyOf(endpoint),
        ),
      };
      return { status: 200, json: detail };
    },
  },
];

/** `<milliseconds>~<id>`, as the page before gave it; the milliseconds alone will do. */
function positionOf(before: string | undefined): Pick<DecisionQuery, "beforeMs" | "beforeId"> {
  if (before === undefined) return {};
  const at = before.indexOf("~");
  if (at < 0) return { beforeMs: Number(before) };
  return { beforeMs: Number(before.slice(0, at)), beforeId: before.slice(at + 1) };
}

async function findIncidentOf(
  decision: Decision,
  traffic: TrafficStore,
): Promise<{ id: string; summary: string } | undefined> {
  const incidents = await traffic.listIncidents({ limit: incidentsSearched });
  const found = incidents.find(
    ({ client, firstSeenMs, lastSeenMs }) =>
      client === decision.client && firstSeenMs <= decision.timeMs && decision.timeMs <= lastSeenMs,
  );
  return found === undefined ? undefined : { id: found.id, summary: found.summary };
}
