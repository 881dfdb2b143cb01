import { z } from "zod";
import { MerlonError } from "../../model/merlon-error.ts";
import type { SpecificationDrift, SpecificationRequest } from "../contract.ts";
import { Problem } from "../problem.ts";
import type { ConsoleRequest, Route } from "../route.ts";
import { validated } from "../validate.ts";
import { loginOf } from "./session.ts";

const textLengthMax = 4 * 1_024 * 1_024;
/** JSON may double each character of the text. */
const bodyBytesMax = 2 * textLengthMax + 1_024;

const specificationRequest: z.ZodType<SpecificationRequest> = z.strictObject({
  name: z.string().regex(/^[\w][\w .-]{0,99}$/, "must be the name of a file"),
  text: z.string().min(1).max(textLengthMax),
});

/** Specifications in force, and what traffic says of them or of one that is only compared. */
export const specificationsRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/api/specifications",
    access: "own-password",
    answer: async (_request, { backend }) => ({
      status: 200,
      json: { items: backend.inventory.specifications() },
    }),
  },
  {
    method: "POST",
    path: "/api/specifications",
    access: "own-password",
    bodyBytesMax,
    answer: async (request, { backend }) =>
      read(request, async ({ name, text }) => backend.inventory.compareSpecification(name, text)),
  },
  {
    method: "PUT",
    path: "/api/specifications/:name",
    access: "own-password",
    bodyBytesMax,
    async answer(request, { backend, log }) {
      const answer = await read(request, ({ name, text }) => {
        if (name !== request.parameters["name"]) throw new Problem(400, "The names differ.");
        return backend.inventory.saveSpecification(name, text);
      });
      const details = {
        account: loginOf(request).account.name,
        name: request.parameters["name"] ?? "",
      };
      log({ level: "info", event: "specification-saved", details });
      return answer;
    },
  },
  {
    method: "DELETE",
    path: "/api/specifications/:name",
    access: "own-password",
    async answer(request, { backend, log }) {
      const name = request.parameters["name"] ?? "";
      const outcome = await backend.inventory.removeSpecification(name);
      if (outcome === "unknown") throw new Problem(404, "There is no such specification.");
      if (outcome === "read-only") {
        throw new Problem(409, "This specification stands in the configuration. Remove it there.");
      }
      const details = { account: loginOf(request).account.name, name };
      log({ level: "info", event: "specification-removed", details });
      return { status: 204 };
    },
  },
];

async function read(
  { body }: ConsoleRequest,
  take: (wanted: SpecificationRequest) => Promise<SpecificationDrift>,
): Promise<{ readonly status: 200; readonly json: SpecificationDrift }> {
  try {
    return { status: 200, json: await take(validated(specificationRequest, body)) };
  } catch (error) {
    if (!(error instanceof MerlonError)) throw error;
    throw new Problem(422, error.message);
  }
}
