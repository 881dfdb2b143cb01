import { z } from "zod";
import type { HostMergeRequest } from "../contract.ts";
import { Problem } from "../problem.ts";
import type { Route } from "../route.ts";
import { validated } from "../validate.ts";
import { loginOf } from "./session.ts";

const host = z.string().regex(/^[\w.\-:[\]]{1,255}$/, "must be a host");

const mergeRequest: z.ZodType<HostMergeRequest> = z.strictObject({ into: host });

/** Hosts that serve the same API and are listed as one. */
export const hostRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/hosts",
    access: "own-password",
    answer: async (_request, { backend }) => ({ status: 200, json: backend.inventory.hosts() }),
  },
  {
    method: "PUT",
    path: "/api/hosts/:host",
    access: "own-password",
    async answer(request, { backend, log }) {
      const { into } = validated(mergeRequest, request.body);
      const merged = validated(host, request.parameters["host"]);
      const account = loginOf(request).account.name;
      if (!(await backend.inventory.mergeHosts({ host: merged, into }, account))) {
        throw new Problem(409, "These hosts cannot be listed as one.");
      }
      log({ level: "info", event: "hosts-merged", details: { account, host: merged, into } });
      return { status: 200, json: backend.inventory.hosts() };
    },
  },
  {
    method: "DELETE",
    path: "/api/hosts/:host",
    access: "own-password",
    async answer(request, { backend, log }) {
      const merged = request.parameters["host"] ?? "";
      if (!(await backend.inventory.unmergeHost(merged))) {
        throw new Problem(404, "This host is listed by itself.");
      }
      const details = { account: loginOf(request).account.name, host: merged };
      log({ level: "info", event: "hosts-separated", details });
      return { status: 204 };
    },
  },
];
