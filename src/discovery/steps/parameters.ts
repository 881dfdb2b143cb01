import type { Parameter } from "../../model/endpoint.ts";
import { isRecord } from "../../model/is-record.ts";
import { isCredentialHeader, isKeyParameter, isSessionName } from "../credentials.ts";
import type { DescribeContext, DiscoveryStep } from "../discovery-step.ts";
import type { Observation } from "../observation.ts";
import { type Counts, countIn, mergeCounts } from "../sketches/counts.ts";
import { hashOf } from "../sketches/distinct-counter.ts";
import { commonType, typeOfJson, typeOfText, type ValueType } from "../value-type.ts";

interface ParameterFacts {
  /** Detailed successful exchanges that carried it. */
  samples: number;
  readonly types: Counts<ValueType>;
  /** Hash of the one client that sent it, or -1 when several did. */
  client: number;
}

interface Parameters {
  /** Detailed successful exchanges. */
  samples: number;
  /** With a body of named members. */
  bodies: number;
  /**
   * By place and name: `query:page`. Path segments by position (`path:1`), literals too: only the
   * template of the day tells which of them are parameters.
   */
  readonly facts: Map<string, ParameterFacts>;
}

const parametersMax = 128;
const nameLengthMax = 128;

/** Learns which parameters an endpoint takes, of which type, and which are always there. */
export const parameters: DiscoveryStep<Parameters> = {
  name: "parameters",

  create: () => ({ samples: 0, bodies: 0, facts: new Map() }),

  learn(observation, state) {
    if (observation.outcome !== "success" || !observation.isDetailed) return;
    state.samples += 1;
    const client = hashOf(observation.exchange.client);
    for (const [at, text] of observation.pathSegments.entries()) {
      note(state, `path:${at}`, typeOfText(text), client);
    }
    for (const [name, value] of observation.query) {
      if (!isKeyParameter(name)) note(state, `query:${name}`, typeOfText(value), client);
    }
    for (const [name, value] of observation.requestHeaders) {
      if (isParameterHeader(name)) note(state, `header:${name}`, typeOfText(value), client);
    }
    for (const [name, value] of observation.cookies) {
      if (!isSessionName(name)) note(state, `cookie:${name}`, typeOfText(value), client);
    }
    learnBody(observation, state, client);
  },

  merge(into, from) {
    into.samples += from.samples;
    into.bodies += from.bodies;
    for (const [key, facts] of from.facts) {
      const known = into.facts.get(key);
      if (known === undefined) {
        if (into.facts.size < parametersMax) into.facts.set(key, facts);
        continue;
      }
      known.samples += facts.samples;
      if (known.client !== facts.client) known.client = -1;
      mergeCounts(known.types, facts.types);
    }
  },

  describe(state, context) {
    const names = parameterNamesOf(context.template);
    return {
      parameters: [...state.facts]
        .filter(([key, facts]) => isBelieved(key, facts, names, context))
        .map(([key, facts]) => described(key, facts, state, names))
        .sort((left, right) => order.indexOf(left.in) - order.indexOf(right.in)),
    };
  },
};

const order: readonly Parameter["in"][] = ["path", "query", "header", "cookie", "body"];

function learnBody(observation: Observation, state: Parameters, client: number): void {
  const form = observation.requestForm();
  const json = form === undefined ? observation.requestJson() : undefined;
  if (form !== undefined) {
    state.bodies += 1;
    for (const [name, value] of form) note(state, `body:${name}`, typeOfText(value), client);
  } else if (isRecord(json)) {
    state.bodies += 1;
    for (const name of Object.keys(json))
      note(state, `body:${name}`, typeOfJson(json[name]), client);
  }
}

function note(state: Parameters, key: string, type: ValueType, client: number): void {
  let facts = state.facts.get(key);
  if (facts === undefined) {
    if (state.facts.size >= parametersMax || key.length > nameLengthMax) return;
    facts = { samples: 0, types: new Map(), client };
    state.facts.set(key, facts);
  }
  facts.samples += 1;
  if (facts.client !== client) facts.client = -1;
  countIn(facts.types, type);
}

/** Names of the path's parameters by the key of their segment. */
function parameterNamesOf(template: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const [at, segment] of template.split("/").slice(1).entries()) {
    const name = /\{(.*)\}/.exec(segment)?.[1];
    if (name !== undefined) names.set(`path:${at}`, name);
  }
  return names;
}

/** One client among many that invents a parameter does not make it one of the endpoint. */
function isBelieved(
  key: string,
  { client }: ParameterFacts,
  names: ReadonlyMap<string, string>,
  { clients }: DescribeContext,
): boolean {
  return key.startsWith("path:") ? names.has(key) : client === -1 || clients < 4;
}

function described(
  key: string,
  facts: ParameterFacts,
  state: Parameters,
  names: ReadonlyMap<string, string>,
): Parameter {
  const colon = key.indexOf(":");
  const place = key.slice(0, colon) as Parameter["in"];
  const name = key.slice(colon + 1);
  const { type, share } = mainType(facts.types);
  const of = place === "body" ? state.bodies : state.samples;
  return {
    in: place,
    name: names.get(key) ?? name,
    type,
    required: place === "path" || (of >= 5 && facts.samples >= of * 0.99),
    confidence: Math.round(share * (1 - 1 / (facts.samples + 2)) * 1_000) / 1_000,
    samples: facts.samples,
  };
}

/** The type that holds all but a few stray values. */
function mainType(types: Counts<ValueType>): { readonly type: ValueType; readonly share: number } {
  let total = 0;
  for (const [type, count] of types) if (type !== "null") total += count;
  if (total === 0) return { type: types.has("null") ? "null" : "string", share: 1 };
  const sorted = [...types]
    .filter(([type]) => type !== "null")
    .sort(([, left], [, right]) => right - left);
  let [type, count] = sorted[0] ?? ["string", 0];
  for (const [other, more] of sorted.slice(1)) {
    if (count / total >= 0.98) break;
    type = commonType(type, other);
    count += more;
  }
  return { type, share: count / total };
}

/** Headers that programs of the endpoint read, not those that browsers, proxies and tracing add. */
function isParameterHeader(name: string): boolean {
  if (named.has(name)) return true;
  return name.startsWith("x-") && !isCredentialHeader(name) && !transport.test(name);
}

const named: ReadonlySet<string> = new Set(
  "idempotency-key if-match if-none-match prefer api-version accept-version accept-language range".split(
    " ",
  ),
);

const transport =
  /^x-(?:forwarded|real-ip|request|correlation|trace|b3|amz|amzn|envoy|cloud|goog|original|cluster|client-ip|http-method|csrf|xsrf|middleware|vercel|azure|arr|nginx|varnish|cache|powered|frame|content)/;
