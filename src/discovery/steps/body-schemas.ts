import type { LearnedBody } from "../../model/endpoint.ts";
import type { DiscoveryStep } from "../discovery-step.ts";
import type { Observation } from "../observation.ts";
import {
  createJsonShape,
  type JsonShape,
  learnShape,
  mergeShape,
  type ShapeBounds,
} from "../schemas/json-shape.ts";
import { type LearnedSchema, toJsonSchema } from "../schemas/to-json-schema.ts";
import { hashOf } from "../sketches/distinct-counter.ts";

interface BodyFacts {
  samples: number;
  /** Hash of the one client that had it, or -1 when several did. */
  client: number;
  shape?: JsonShape;
}

interface BodySchemas {
  /** By side, status and media type: `request application/json`, `response 404 text/plain`. */
  readonly bodies: Map<string, BodyFacts>;
  readonly bounds: ShapeBounds;
}

/** Places in all schemas of an endpoint together. */
const placesMax = 600;
const bodiesMax = 16;
const mediaTypeLengthMax = 100;
const severalClients = -1;
/** Clients of an endpoint from which on a single one is not believed. */
const clientsMin = 4;

/** Learns the bodies of an endpoint and their schemas, requests that succeeded and all responses. */
export const bodySchemas: DiscoveryStep<BodySchemas> = {
  name: "bodies",

  create: () => ({ bodies: new Map(), bounds: { places: placesMax } }),

  learn(observation, state) {
    if (!observation.isDetailed) return;
    const { status, outcome, requestMediaType, responseMediaType } = observation;
    const { request, response } = observation.exchange;
    const isAccepted = outcome === "success";
    if (isAccepted && (request.body?.bytesTotal ?? 0) > 0) {
      const key = `request ${requestMediaType ?? "unknown"}`;
      note(state, key, observation, observation.requestJson);
    }
    if ((response?.body?.bytesTotal ?? 0) === 0) return;
    note(
      state,
      `response ${status} ${responseMediaType ?? "unknown"}`,
      observation,
      observation.responseJson,
    );
  },

  merge(into, from) {
    for (const [key, facts] of from.bodies) {
      const known = into.bodies.get(key);
      if (known === undefined) {
        if (into.bodies.size < bodiesMax) into.bodies.set(key, facts);
        continue;
      }
      known.samples += facts.samples;
      if (known.client !== facts.client) known.client = severalClients;
      if (facts.shape === undefined) continue;
      known.shape ??= createJsonShape();
      mergeShape(known.shape, facts.shape);
    }
    into.bounds.places = Math.min(into.bounds.places, from.bounds.places);
  },

  describe({ bodies }, { clients }) {
    const believed = [...bodies].filter(([, { client }]) => isBelieved(client, clients));
    return {
      schemas: {
        ...successSchema("request", believed, clients),
        ...successSchema("response", believed, clients),
      },
      bodies: believed
        .map(([key, facts]) => describedBody(key, facts, clients))
        .sort(compareBodies),
    };
  },
};

function note(
  state: BodySchemas,
  key: string,
  { exchange }: Observation,
  json: () => unknown,
): void {
  const client = hashOf(exchange.client);
  let facts = state.bodies.get(key);
  if (facts === undefined) {
    if (state.bodies.size >= bodiesMax || key.length > mediaTypeLengthMax) return;
    facts = { samples: 0, client };
    state.bodies.set(key, facts);
  }
  facts.samples += 1;
  if (facts.client !== client) facts.client = severalClients;
  const value = json();
  if (value === undefined) return;
  facts.shape ??= createJsonShape();
  learnShape(facts.shape, value, state.bounds, exchange.client);
}

/** What one client among many sent in a format of its own is none of the endpoint's. */
function isBelieved(client: number, clients: number): boolean {
  return client === severalClients || clients < clientsMin;
}

function describedBody(key: string, { samples, shape }: BodyFacts, clients: number): LearnedBody {
  const [side = "", ...rest] = key.split(" ");
  const isRequest = side === "request";
  return {
    in: isRequest ? "request" : "response",
    ...(isRequest ? {} : { status: Number(rest[0]) }),
    mediaType: rest.slice(isRequest ? 0 : 1).join(" "),
    samples,
    ...(shape === undefined ? {} : { schema: schemaOf(shape, isInvented(key), clients) }),
  };
}

/** What a client sends it also invents, and errors repeat it; what a server answers is its own. */
function isInvented(key: string): boolean {
  return key.startsWith("request") || /^response [45]/.test(key);
}

function schemaOf(shape: JsonShape, mayBeInvented: boolean, clients: number): LearnedSchema {
  return toJsonSchema(shape, { severalClients: mayBeInvented && clients >= clientsMin });
}

/** The one schema of a side over all its formats, of successes only. */
function successSchema(
  side: "request" | "response",
  bodies: readonly (readonly [string, BodyFacts])[],
  clients: number,
): { readonly [Side in typeof side]?: LearnedSchema } {
  const prefix = side === "request" ? "request " : "response 2";
  const shapes = bodies.flatMap(([key, { shape }]) =>
    key.startsWith(prefix) && shape !== undefined ? [shape] : [],
  );
  const [first, ...others] = shapes;
  if (first === undefined) return {};
  let shape = first;
  if (others.length > 0) {
    shape = structuredClone(first);
    for (const other of others) mergeShape(shape, structuredClone(other));
  }
  return { [side]: schemaOf(shape, side === "request", clients) };
}

function compareBodies(left: LearnedBody, right: LearnedBody): number {
  return (
    left.in.localeCompare(right.in) ||
    (left.status ?? 0) - (right.status ?? 0) ||
    right.samples - left.samples
  );
}
