import type { EndpointProfile } from "../model/endpoint.ts";
import type { Specification } from "../specifications/specification.ts";
import { createEndpointMatcher } from "./endpoint-matcher.ts";
import { tryParseEndpointPattern } from "./endpoint-pattern.ts";
import { matchingSegmentsOf } from "./matching-path.ts";

/** What protections know of the APIs behind besides the policy; replaced as a whole when it changes. */
export interface Knowledge {
  readonly specifications: readonly Specification[];
  /** The inventory's endpoints, as far as they are certain enough to act on. */
  readonly endpoints: readonly KnownEndpoint[];
}

/** Plain data, so that it can cross threads. */
export type KnownEndpoint = Pick<
  EndpointProfile,
  | "id"
  | "method"
  | "host"
  | "path"
  | "operation"
  | "style"
  | "parameters"
  | "authentication"
  | "schemas"
>;

export const noKnowledge: Knowledge = { specifications: [], endpoints: [] };

/** Finds the endpoint of a request head; of a GraphQL or SOAP one the place, not the operation. */
export type EndpointLookup = (head: {
  readonly method: string;
  readonly authority: string;
  readonly path: string;
}) => KnownEndpoint | undefined;

/** Builds the lookup once; each call costs the path's length. */
export function createEndpointLookup({ endpoints }: Knowledge): EndpointLookup {
  if (endpoints.length === 0) return () => undefined;
  const entries = endpoints.flatMap((entry) => {
    const pattern = tryParseEndpointPattern(`${entry.method} ${entry.host}${entry.path}`);
    return pattern === undefined ? [] : [{ pattern, entry }];
  });
  const matcher = createEndpointMatcher(entries);
  return ({ method, authority, path }) =>
    matcher.match(method.toUpperCase(), authority.toLowerCase(), matchingSegmentsOf(path))[0];
}
