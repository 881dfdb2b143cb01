import { z } from "zod";
import { tryParseEndpointPattern } from "../../protection/endpoint-pattern.ts";
import type { ExceptionRequest, ModeRequest } from "../contract.ts";
import { Problem } from "../problem.ts";
import type { Route } from "../route.ts";
import { validated } from "../validate.ts";
import { loginOf } from "./session.ts";

/** Each request is compared with all of them. */
const exceptionsMax = 1_000;

const id = z.string().regex(/^[a-z0-9-]{1,64}$/, "must be a kebab-case id");
const endpointKey = z
  .string()
  .max(2_000)
  .refine((key) => tryParseEndpointPattern(key) !== undefined, {
    error: "must name an endpoint as METHOD host/path",
  });

const modeRequest: z.ZodType<ModeRequest> = z.strictObject({
  mode: z.enum(["off", "observe", "enforce"]),
  protection: id.exactOptional(),
  endpoint: endpointKey.exactOptional(),
});

const exceptionRequest: z.ZodType<ExceptionRequest> = z.strictObject({
  detector: id,
  endpoint: endpointKey.exactOptional(),
  field: z
    .string()
    .max(500)
    .regex(/^(path|query|header|cookie|body):/, "must name a field as location:name")
    .exactOptional(),
  reason: z.string().trim().max(1_000).exactOptional(),
});

/** The policy in force, its modes and its exceptions. */
export const policyRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/policy",
    access: "own-password",
    answer: async (_request, { backend }) => ({ status: 200, json: backend.policyView() }),
  },
  {
    method: "PUT",
    path: "/api/policy/mode",
    access: "own-password",
    async answer(request, { backend, log }) {
      const wanted = validated(modeRequest, request.body);
      const { protection } = wanted;
      const known = backend.policyView().protections.map(({ id }) => id);
      if (protection !== undefined && !known.includes(protection)) {
        throw new Problem(400, "protection: there is no protection of this name.");
      }

      const view = await backend.setMode(wanted);
      const details = { account: loginOf(request).account.name, ...wanted };
      log({ level: "info", event: "mode-set", details });
      return { status: 200, json: view };
    },
  },
  {
    method: "POST",
    path: "/api/exceptions",
    access: "own-password",
    async answer(request, { backend, log }) {
      const wanted = validated(exceptionRequest, request.body);
      if (backend.policyView().exceptions.length >= exceptionsMax) {
        throw new Problem(409, `There are ${exceptionsMax} exceptions already. Delete some first.`);
      }

      const exception = await backend.addException(wanted);
      const details = { account: loginOf(request).account.name, exception: exception.id };
      log({ level: "info", event: "exception-added", details });
      return { status: 201, json: exception };
    },
  },
  {
    method: "DELETE",
    path: "/api/exceptions/:id",
    access: "own-password",
    async answer(request, { backend, log }) {
      const exception = request.parameters["id"] ?? "";
      const outcome = await backend.removeException(exception);
      if (outcome === "unknown") throw new Problem(404, "There is no such exception.");
      if (outcome === "read-only") {
        throw new Problem(409, "This exception stands in the configuration file. Remove it there.");
      }

      const details = { account: loginOf(request).account.name, exception };
      log({ level: "info", event: "exception-removed", details });
      return { status: 204 };
    },
  },
];
