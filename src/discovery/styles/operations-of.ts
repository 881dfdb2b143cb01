import { headerOf } from "../../model/exchange.ts";
import { isRecord } from "../../model/is-record.ts";
import type { Observation } from "../observation.ts";
import { graphqlOperationsOf } from "./graphql.ts";
import type { Operation } from "./operation.ts";
import { soapOperationOf } from "./soap.ts";

const batchMax = 16;

/** What an exchange called. Usually one operation; several for batches and GraphQL documents. */
export function operationsOf(observation: Observation): readonly Operation[] {
  const { exchange, requestMediaType, responseMediaType, status } = observation;
  if (exchange.upgrade === "websocket" || status === 101) return webSocketOf(observation);
  if (requestMediaType?.startsWith("application/grpc") === true) return [{ style: "grpc" }];
  const { method } = exchange.request;
  if (method === "GET" && responseMediaType === "text/event-stream") return [{ style: "sse" }];
  const { query } = observation;
  // A persisted query comes with a hash in the place of its text.
  if (method === "GET" && !query.has("query") && !query.has("extensions")) return rest;
  return remoteCallsOf(observation) ?? rest;
}

/** Subscriptions run over `graphql-transport-ws` and the older `graphql-ws`. */
function webSocketOf({ requestHeaders }: Observation): readonly Operation[] {
  const protocols = headerOf(requestHeaders, "sec-websocket-protocol") ?? "";
  return /\bgraphql-(?:transport-)?ws\b/.test(protocols)
    ? [{ style: "graphql", name: "subscription" }]
    : [{ style: "websocket" }];
}

const rest: readonly Operation[] = [{ style: "rest" }];

function remoteCallsOf(observation: Observation): readonly Operation[] | undefined {
  const { requestMediaType, requestHeaders } = observation;
  const isXml = requestMediaType?.includes("xml") === true;
  if (isXml || headerOf(requestHeaders, "soapaction") !== undefined)
    return soapOperationOf(observation);
  const json = observation.requestJson();
  const calls = rpcCallsOf(json);
  if (calls.length > 0) return calls.map((name) => ({ style: "json-rpc", name }));
  return graphqlOperationsOf(observation, json);
}

/** Method names of JSON-RPC, single or batch. */
function rpcCallsOf(json: unknown): readonly string[] {
  const calls = Array.isArray(json) ? json.slice(0, batchMax) : [json];
  const names = calls.map((call: unknown) => {
    if (!isRecord(call) || typeof call["method"] !== "string") return undefined;
    const isVersioned = typeof call["jsonrpc"] === "string" || ("id" in call && "params" in call);
    return isVersioned && /^[\w.$/:-]{1,100}$/.test(call["method"]) ? call["method"] : undefined;
  });
  return [...new Set(names.filter((name) => name !== undefined))];
}
