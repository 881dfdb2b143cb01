import type { Lifecycle } from "../model/endpoint.ts";

/** Why an exchange taught nothing. */
export type IgnoredReason =
  | "no-response"
  | "method"
  | "host"
  | "path"
  | "attack"
  | "scanning-source"
  /** Answered with an error where no endpoint is known. */
  | "unknown-path"
  /** A file that web pages load. */
  | "web-asset"
  /** The page that the server gives for every path. */
  | "catch-all"
  | "inventory-full";

export interface LearnResult {
  readonly endpointId?: string;
  readonly endpointKey?: string;
  readonly lifecycle?: Lifecycle;
  /** The endpoint was not known before. */
  readonly isNew: boolean;
  readonly ignored?: IgnoredReason;
}
