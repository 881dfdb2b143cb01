import type { RequestHead } from "../../model/exchange.ts";

interface ObservedParameter {
  readonly name: string;
  readonly value: string;
}

/** A client that sends more is watched by these. */
const PARAMETERS_MAX = 8;
const NAME_LENGTH_MAX = 64;

/** What stands in the query and at the templated places of the path, as sent. */
export function observedParametersOf(
  { path, query }: RequestHead,
  endpointKey?: string,
): readonly ObservedParameter[] {
  return [...pathParametersOf(path, endpointKey), ...queryParametersOf(query)].slice(
    0,
    PARAMETERS_MAX,
  );
}

function pathParametersOf(path: string, endpointKey: string | undefined): ObservedParameter[] {
  if (endpointKey === undefined || !endpointKey.includes("{")) return [];
  const [, location = ""] = endpointKey.split(" ", 2);
  const template = location.slice(location.indexOf("/")).split("/");
  const segments = path.split("/");
  if (template.length !== segments.length) return [];
  return template.flatMap((part, index) => {
    const value = segments[index];
    if (value === undefined || !part.startsWith("{") || !part.endsWith("}")) return [];
    return [{ name: part.slice(1, -1), value }];
  });
}

function queryParametersOf(query: string): ObservedParameter[] {
  if (query === "") return [];
  return query.split("&", PARAMETERS_MAX).map((pair) => {
    const equals = pair.indexOf("=");
    const name = equals < 0 ? pair : pair.slice(0, equals);
    return {
      name: name.slice(0, NAME_LENGTH_MAX),
      value: equals < 0 ? "" : pair.slice(equals + 1),
    };
  });
}

/** 32-bit FNV-1a: enough to count distinct values without keeping what a client sent. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash;
}
