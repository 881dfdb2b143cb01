import type { EndpointProfile } from "../model/endpoint.ts";
import type { Observation } from "./observation.ts";

/**
 * Learns one kind of fact about an endpoint. The state is plain data (objects, arrays, Maps,
 * numbers, strings) of bounded size, so that it can be saved, and mergeable, so that endpoints
 * which turn out to be one can be joined.
 */
export interface DiscoveryStep<State> {
  /** Permanent: the key under which the state is saved. */
  readonly name: string;
  create(): State;
  /** Called for every exchange of the endpoint that is no attack, whatever its outcome. */
  learn(observation: Observation, state: State): void;
  merge(into: State, from: State): void;
  describe(state: State, context: DescribeContext): Partial<EndpointProfile>;
}

export interface DescribeContext {
  readonly method: string;
  readonly template: string;
  /** Successful exchanges so far. */
  readonly successes: number;
  readonly clients: number;
}
