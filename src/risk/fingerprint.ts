import { createHash } from "node:crypto";
import type { EndpointProfile } from "../model/endpoint.ts";

type Identity = Pick<EndpointProfile, "method" | "host" | "path" | "operation">;

/**
 * The identity of a finding, the same in every run: endpoint, factor and part. Names of path
 * parameters do not count, as they change when a specification is added or a name is learned.
 */
export function fingerprintOf(endpoint: Identity, factor: string, part = ""): string {
  const path = endpoint.path.replace(/\{[^{}]*\}/g, "{}");
  const parts = [endpoint.method, endpoint.host, path, endpoint.operation ?? "", factor, part];
  return createHash("sha256").update(JSON.stringify(parts)).digest("hex").slice(0, 20);
}
