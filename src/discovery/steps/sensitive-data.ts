import type { SensitiveData } from "../../model/endpoint.ts";
import { isRecord } from "../../model/is-record.ts";
import { classify } from "../../sensitive-data/classifier-engine.ts";
import type { DiscoveryStep } from "../discovery-step.ts";
import type { Observation } from "../observation.ts";

interface SensitivePlace {
  samples: number;
  /** Sum, for the mean. */
  confidence: number;
}

/** By `in`, class and name, separated by a space. */
type SensitivePlaces = Map<string, SensitivePlace>;

const placesMax = 200;
const leavesMax = 200;
const depthMax = 12;
const itemsSeenMax = 5;
/** Below this a class is a guess. */
const confidenceMin = 0.5;

/** Learns which classes of sensitive data pass, and where. */
export const sensitiveData: DiscoveryStep<SensitivePlaces> = {
  name: "sensitive-data",

  create: () => new Map(),

  learn(observation, state) {
    if (observation.outcome !== "success" || !observation.isDetailed) return;
    for (const [name, value] of observation.query) note(state, "url", name, value);
    for (const value of observation.pathValues) note(state, "url", "path", value);
    for (const [name, value] of observation.requestForm() ?? [])
      note(state, "request", name, value);
    const bodies = { request: observation.requestJson(), response: observation.responseJson() };
    for (const side of ["request", "response"] as const) {
      const leaves = { left: leavesMax };
      eachLeaf(bodies[side], "$", leaves, 0, (name, value) => note(state, side, name, value));
    }
    noteText(observation, bodies.response, state);
  },

  merge(into, from) {
    for (const [key, place] of from) {
      const known = into.get(key);
      if (known === undefined) {
        if (into.size < placesMax) into.set(key, place);
        continue;
      }
      known.samples += place.samples;
      known.confidence += place.confidence;
    }
  },

  describe: (state) => ({
    sensitiveData: [...state]
      .map(([key, place]) => described(key, place))
      .filter(({ confidence }) => confidence >= confidenceMin),
  }),
};

/** Plain text and XML are looked at as one value. */
function noteText(observation: Observation, json: unknown, state: SensitivePlaces): void {
  if (json !== undefined) return;
  const text = observation.responseText();
  if (text !== undefined && isReadable(observation.responseMediaType))
    note(state, "response", "body", text);
}

function isReadable(mediaType: string | undefined): boolean {
  return mediaType !== undefined && /^text\/(?!html|css|javascript)|xml/.test(mediaType);
}

function eachLeaf(
  value: unknown,
  path: string,
  leaves: { left: number },
  depth: number,
  visit: (name: string, value: string) => void,
): void {
  if (leaves.left <= 0 || depth > depthMax) return;
  if (Array.isArray(value)) {
    for (const item of value.slice(0, itemsSeenMax))
      eachLeaf(item, `${path}[*]`, leaves, depth + 1, visit);
  } else if (isRecord(value)) {
    for (const name of Object.keys(value))
      eachLeaf(value[name], `${path}.${name}`, leaves, depth + 1, visit);
  } else if (typeof value === "string" || typeof value === "number") {
    leaves.left -= 1;
    visit(path, String(value));
  }
}

function note(
  state: SensitivePlaces,
  place: SensitiveData["in"],
  name: string,
  value: string,
): void {
  for (const { class: dataClass, confidence } of classify(name, value)) {
    const key = `${place} ${dataClass} ${name}`;
    const known = state.get(key);
    if (known !== undefined) {
      known.samples += 1;
      known.confidence += confidence;
    } else if (state.size < placesMax && name.length <= 256)
      state.set(key, { samples: 1, confidence });
  }
}

function described(key: string, { samples, confidence }: SensitivePlace): SensitiveData {
  const [place = "", dataClass = "", ...name] = key.split(" ");
  return {
    in: place as SensitiveData["in"],
    name: name.join(" "),
    class: dataClass,
    samples,
    confidence: Math.round((confidence / samples) * 1_000) / 1_000,
  };
}
