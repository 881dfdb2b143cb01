import { readFileSync } from "node:fs";
import { MerlonError } from "../../model/merlon-error.ts";
import type { Deadlines } from "./deadlines.ts";
import type { GatewayCounters } from "./gateway-counters.ts";
import type { UpstreamOptions } from "./gateway-options.ts";
import type { Upstream } from "./gateway-runtime.ts";
import type { UpstreamAddress } from "./upstream-connection.ts";
import { type PoolSettings, UpstreamPool } from "./upstream-pool.ts";
import { createRoutes, type FindRoute } from "./upstream-route.ts";

/** The pools of a worker, kept over changes of the configuration as long as their upstream is in it. */
export class UpstreamSet {
  readonly #parts: { readonly deadlines: Deadlines; readonly counters: GatewayCounters };
  #pools = new Map<string, UpstreamPool>();

  constructor(parts: { readonly deadlines: Deadlines; readonly counters: GatewayCounters }) {
    this.#parts = parts;
  }

  /** Compiles the routes of a configuration; pools it no longer needs take no new exchanges. */
  use(upstreams: readonly UpstreamOptions[], settings: PoolSettings): FindRoute<Upstream> {
    const pools = new Map<string, UpstreamPool>();
    const rules = upstreams.map((rule) => {
      const { hostname, port, protocol, host } = new URL(rule.url);
      const address: UpstreamAddress = {
        host: hostname.replace(/^\[|\]$/g, ""),
        port: port === "" ? (protocol === "https:" ? 443 : 80) : Number(port),
        ...(protocol === "https:" ? { tls: tlsOf(rule) } : {}),
      };
      const key = JSON.stringify(address);
      const pool =
        pools.get(key) ?? this.#pools.get(key) ?? new UpstreamPool(address, settings, this.#parts);
      pool.use(settings);
      pools.set(key, pool);
      const destination = `${hostname}:${address.port}`;
      return { rule, target: { pool, hostHeader: rule.hostHeader, authority: host, destination } };
    });
    for (const [key, pool] of this.#pools) if (!pools.has(key)) pool.close();
    this.#pools = pools;
    return createRoutes(rules);
  }

  close(): void {
    for (const pool of this.#pools.values()) pool.close();
    this.#pools.clear();
  }
}

function tlsOf({ ca, verifyCertificate }: UpstreamOptions): NonNullable<UpstreamAddress["tls"]> {
  return {
    rejectUnauthorized: verifyCertificate,
    ...(ca === undefined ? {} : { ca: readAuthorities(ca) }),
  };
}

function readAuthorities(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new MerlonError("ERR_TLS_INVALID", `cannot read the authorities in ${file}`, {
      cause,
      fix: "name a readable PEM file in upstreams[].ca",
    });
  }
}
