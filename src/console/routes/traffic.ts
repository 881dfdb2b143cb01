import { z } from "zod";
import type { IncidentList } from "../contract.ts";
import { Problem } from "../problem.ts";
import type { Route } from "../route.ts";
import { validatedQuery } from "../validate.ts";

const incidentQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** Recorded exchanges, and the incidents they add up to. */
export const trafficRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/exchanges/:id",
    access: "own-password",
    async answer({ parameters }, { traffic }) {
      const exchange = await traffic.findExchange(parameters["id"] ?? "");
      if (exchange === undefined) throw new Problem(404, "No such exchange is recorded.");
      return { status: 200, json: exchange };
    },
  },
  {
    method: "GET",
    path: "/api/incidents",
    access: "own-password",
    async answer({ query }, { traffic }) {
      const list: IncidentList = {
        items: await traffic.listIncidents(validatedQuery(incidentQuery, query)),
      };
      return { status: 200, json: list };
    },
  },
  {
    method: "GET",
    path: "/api/incidents/:id",
    access: "own-password",
    async answer({ parameters }, { traffic }) {
      const incident = await traffic.findIncident(parameters["id"] ?? "");
      if (incident === undefined) throw new Problem(404, "No such incident is recorded.");
      return { status: 200, json: incident };
    },
  },
];
