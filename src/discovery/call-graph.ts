import ipaddr from "ipaddr.js";
import type { Exchange } from "../model/exchange.ts";
import { isRecord } from "../model/is-record.ts";
import type { ServiceCall } from "../model/service-call.ts";
import { exposureOf } from "./client-exposure.ts";
import { decodeState, encodeState } from "./state-json.ts";

/** Which service calls which: internal clients whose addresses serve hosts themselves. */
export interface CallGraph {
  learn(host: string, exchange: Exchange): void;
  /** Busiest first. */
  calls(): readonly ServiceCall[];
  /** The state to be saved, when it changed since the last time. */
  takeUnsaved(): string | undefined;
  restore(json: string): void;
}

interface Edge {
  calls: number;
  firstSeenMs: number;
  lastSeenMs: number;
}

interface State {
  /** By address: the host that it was last seen to serve. */
  readonly servers: Map<string, string>;
  /** By caller's address and called host. */
  readonly edges: Map<string, Edge>;
}

/** Holds at most `edgesMax` pairs and as many servers; what comes later is left out. */
export function createCallGraph(edgesMax: number): CallGraph {
  const state: State = { servers: new Map(), edges: new Map() };
  let isUnsaved = false;
  return {
    learn(host, exchange) {
      // On a loopback everybody has the same address, and the internet is no service of one's own.
      if (exposureOf(exchange.client) !== "internal") return;
      const server = addressOf(exchange.destination);
      if (server !== undefined && exposureOf(server) === "internal") {
        if (state.servers.has(server) || state.servers.size < edgesMax) {
          state.servers.set(server, host);
        }
      }
      noteEdge(state.edges, `${exchange.client} ${host}`, exchange.timeMs, edgesMax);
      isUnsaved = true;
    },

    calls: () => serviceCallsOf(state),

    takeUnsaved() {
      if (!isUnsaved) return undefined;
      isUnsaved = false;
      return encodeState(state);
    },

    restore(json) {
      const saved = decodeState(json);
      if (!isRecord(saved)) return;
      const { servers, edges } = saved;
      if (!(servers instanceof Map) || !(edges instanceof Map)) return;
      for (const [key, host] of servers) state.servers.set(String(key), String(host));
      for (const [key, edge] of edges) state.edges.set(String(key), edge as Edge);
    },
  };
}

function noteEdge(edges: Map<string, Edge>, key: string, timeMs: number, edgesMax: number): void {
  const known = edges.get(key);
  if (known !== undefined) {
    known.calls += 1;
    known.firstSeenMs = Math.min(known.firstSeenMs, timeMs);
    known.lastSeenMs = Math.max(known.lastSeenMs, timeMs);
  } else if (edges.size < edgesMax) {
    edges.set(key, { calls: 1, firstSeenMs: timeMs, lastSeenMs: timeMs });
  }
}

/** `10.0.0.5:8080` and `[fd00::5]:8080` without the port. */
function addressOf(destination: string | undefined): string | undefined {
  if (destination === undefined) return undefined;
  const bracketed = /^\[([^\]]{1,64})\]/.exec(destination)?.[1];
  const colon = destination.lastIndexOf(":");
  const isSingle = destination.indexOf(":") === colon;
  const address = bracketed ?? (colon > 0 && isSingle ? destination.slice(0, colon) : destination);
  return ipaddr.isValid(address) ? address : undefined;
}

/** Callers by what they serve; several addresses of one service are one caller. */
function serviceCallsOf({ servers, edges }: State): readonly ServiceCall[] {
  const calls = new Map<string, { from: string; isService: boolean; to: string } & Edge>();
  for (const [key, edge] of edges) {
    const space = key.indexOf(" ");
    const client = key.slice(0, space);
    const to = key.slice(space + 1);
    const host = servers.get(client);
    const from = host ?? client;
    const known = calls.get(`${from} ${to}`);
    if (known === undefined) {
      calls.set(`${from} ${to}`, { from, isService: host !== undefined, to, ...edge });
      continue;
    }
    known.calls += edge.calls;
    known.firstSeenMs = Math.min(known.firstSeenMs, edge.firstSeenMs);
    known.lastSeenMs = Math.max(known.lastSeenMs, edge.lastSeenMs);
  }
  return [...calls.values()].sort((left, right) => right.calls - left.calls);
}
