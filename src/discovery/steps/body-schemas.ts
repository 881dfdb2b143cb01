import type { DiscoveryStep } from "../discovery-step.ts";
import {
  createJsonShape,
  type JsonShape,
  learnShape,
  mergeShape,
  type ShapeBounds,
} from "../schemas/json-shape.ts";
import { toJsonSchema } from "../schemas/to-json-schema.ts";

interface BodySchemas {
  request?: JsonShape;
  response?: JsonShape;
  readonly bounds: ShapeBounds;
}

/** Places in both schemas of an endpoint together. */
const placesMax = 600;

/** Learns the schema of JSON bodies, requests and successful responses. */
export const bodySchemas: DiscoveryStep<BodySchemas> = {
  name: "schemas",

  create: () => ({ bounds: { places: placesMax } }),

  learn({ outcome, isDetailed, exchange, requestJson, responseJson }, state) {
    if (outcome !== "success" || !isDetailed) return;
    const [request, response] = [requestJson(), responseJson()];
    if (request !== undefined) {
      state.request ??= createJsonShape();
      learnShape(state.request, request, state.bounds, exchange.client);
    }
    if (response !== undefined) {
      state.response ??= createJsonShape();
      learnShape(state.response, response, state.bounds, exchange.client);
    }
  },

  merge(into, from) {
    for (const side of ["request", "response"] as const) {
      const shape = from[side];
      if (shape === undefined) continue;
      into[side] ??= createJsonShape();
      mergeShape(into[side], shape);
    }
    into.bounds.places = Math.min(into.bounds.places, from.bounds.places);
  },

  describe: ({ request, response }, { clients }) => ({
    schemas: {
      // What a client sends it also invents; what a server answers comes from the server.
      ...(request === undefined
        ? {}
        : { request: toJsonSchema(request, { severalClients: clients >= 4 }) }),
      ...(response === undefined
        ? {}
        : { response: toJsonSchema(response, { severalClients: false }) }),
    },
  }),
};
