import { z } from "zod";
import type { EndpointPinRequest } from "../contract.ts";
import { Problem } from "../problem.ts";
import type { Route } from "../route.ts";
import { validated } from "../validate.ts";
import { loginOf } from "./session.ts";

const pinRequest: z.ZodType<EndpointPinRequest> = z.strictObject({
  kind: z.enum(["split", "merge", "rename", "template"]),
  segment: z.int().min(0).max(64).exactOptional(),
  name: z.string().max(64).exactOptional(),
  texts: z.array(z.string().min(1).max(512)).max(200).exactOptional(),
});

/** The template of an endpoint: what it is made of, and what people decide about it for good. */
export const endpointTemplateRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/endpoints/:id/template",
    access: "own-password",
    async answer({ parameters }, { backend }) {
      const template = backend.inventory.template(parameters["id"] ?? "");
      if (template === undefined) throw new Problem(404, "The inventory has no such endpoint.");
      return { status: 200, json: template };
    },
  },
  {
    method: "POST",
    path: "/api/endpoints/:id/pins",
    access: "own-password",
    async answer(request, { backend, log }) {
      const wanted = validated(pinRequest, request.body);
      const endpoint = request.parameters["id"] ?? "";
      if (backend.endpoint(endpoint) === undefined) {
        throw new Problem(404, "The inventory has no such endpoint.");
      }
      const account = loginOf(request).account.name;
      const pin = await backend.inventory.pin({ ...wanted, endpoint }, account);
      if ("refused" in pin) throw new Problem(400, pin.refused);

      log({ level: "info", event: "template-pinned", details: { account, pin: pin.id } });
      return { status: 201, json: pin };
    },
  },
  {
    method: "GET",
    path: "/api/pins",
    access: "own-password",
    answer: async (_request, { backend }) => ({
      status: 200,
      json: { items: backend.inventory.pins() },
    }),
  },
  {
    method: "DELETE",
    path: "/api/pins/:id",
    access: "own-password",
    async answer(request, { backend, log }) {
      const pin = request.parameters["id"] ?? "";
      if (!(await backend.inventory.unpin(pin))) throw new Problem(404, "There is no such pin.");

      const details = { account: loginOf(request).account.name, pin };
      log({ level: "info", event: "template-unpinned", details });
      return { status: 204 };
    },
  },
];
