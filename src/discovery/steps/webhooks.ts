import { headerOf } from "../../model/exchange.ts";
import { isRecord } from "../../model/is-record.ts";
import type { DiscoveryStep } from "../discovery-step.ts";
import { type Counts, countIn, mergeCounts } from "../sketches/counts.ts";
import {
  believedOf,
  createWitnessed,
  mergeWitnessed,
  type Witnessed,
  witness,
} from "../sketches/witnessed.ts";
import { webhookProviders } from "./webhook-providers-table.ts";

interface Webhooks {
  readonly providers: Witnessed;
  /** By field and URL, a space between. */
  readonly callbacks: Counts;
}

const providersMax = 4;
const callbacksMax = 32;
const urlLengthMax = 300;
const depthMax = 4;
const membersMax = 64;

/** Learns which endpoints take webhooks of a provider, and which URLs clients register to be called. */
export const webhooks: DiscoveryStep<Webhooks> = {
  name: "webhooks",

  create: () => ({ providers: createWitnessed(), callbacks: new Map() }),

  learn(observation, state) {
    const { outcome, isDetailed, exchange, requestHeaders } = observation;
    const { method, path } = exchange.request;
    if (outcome !== "success" || method === "GET" || method === "HEAD") return;
    const provider = webhookProviders.find(
      ([header]) => headerOf(requestHeaders, header) !== undefined,
    )?.[1];
    if (provider !== undefined) witness(state.providers, provider, exchange.client, providersMax);
    if (!isDetailed) return;
    const isAboutHooks = /hook|callback|subscri|notif/i.test(path);
    for (const [name, value] of observation.requestForm() ?? []) {
      note(state, name, value, isAboutHooks);
    }
    eachText(observation.requestJson(), "$", 0, (name, value) =>
      note(state, name, value, isAboutHooks),
    );
  },

  merge(into, from) {
    mergeWitnessed(into.providers, from.providers, providersMax);
    mergeCounts(into.callbacks, from.callbacks, callbacksMax);
  },

  describe({ providers, callbacks }, { clients }) {
    const [provider] = believedOf(providers, clients);
    return {
      ...(provider === undefined
        ? {}
        : { webhook: { provider, calls: providers.counts.get(provider) ?? 0 } }),
      ...(callbacks.size === 0 ? {} : { callbacks: [...callbacks].map(describedCallback) }),
    };
  },
};

function note(state: Webhooks, field: string, value: string, isAboutHooks: boolean): void {
  const name = field.slice(field.lastIndexOf(".") + 1);
  const isNamed = /(?:callback|webhook|notif|hook|postback)/i.test(name);
  const isAddress = /^(?:url|uri|endpoint|target|address|destination)(?:_?url)?$/i.test(name);
  if (!isNamed && !(isAddress && isAboutHooks)) return;
  const url = callbackOf(value);
  if (url !== undefined) countIn(state.callbacks, `${field} ${url}`, 1, callbacksMax);
}

/** Without credentials, query and fragment, which may be secrets. */
function callbackOf(value: string): string | undefined {
  if (value.length > urlLengthMax || !/^https?:\/\//i.test(value)) return undefined;
  if (!URL.canParse(value)) return undefined;
  const { origin, pathname } = new URL(value);
  return `${origin}${pathname}`;
}

function eachText(
  value: unknown,
  path: string,
  depth: number,
  visit: (name: string, value: string) => void,
): void {
  if (!isRecord(value) || depth > depthMax) return;
  for (const name of Object.keys(value).slice(0, membersMax)) {
    const member = value[name];
    if (name.includes(" ")) continue;
    if (typeof member === "string") visit(`${path}.${name}`, member);
    else eachText(member, `${path}.${name}`, depth + 1, visit);
  }
}

function describedCallback([key, samples]: readonly [string, number]): {
  readonly url: string;
  readonly field: string;
  readonly samples: number;
} {
  const space = key.indexOf(" ");
  return { url: key.slice(space + 1), field: key.slice(0, space), samples };
}
