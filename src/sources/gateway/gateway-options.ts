import ipaddr from "ipaddr.js";
import { z } from "zod";

export interface TlsOptions {
  readonly cert: string;
  readonly key: string;
  readonly clientCa?: string;
  readonly clientCertificates: "none" | "optional" | "required";
}

interface ListenOptions {
  readonly address: string;
  readonly port: number;
  readonly tls?: TlsOptions;
}

export interface UpstreamOptions {
  readonly url: string;
  readonly hosts: readonly string[];
  readonly pathPrefix: string;
  readonly hostHeader: "client" | "upstream";
  readonly ca?: string;
  readonly verifyCertificate: boolean;
}

export interface GatewayTimeouts {
  readonly requestHeadMs: number;
  readonly requestBodyMs: number;
  readonly idleMs: number;
  readonly tunnelIdleMs: number;
  readonly upstreamConnectMs: number;
  readonly upstreamResponseMs: number;
  readonly upstreamIdleMs: number;
  readonly upstreamKeepAliveMs: number;
  readonly upstreamQueueMs: number;
}

export interface GatewayLimits {
  readonly headerBytesMax: number;
  readonly requestTargetBytesMax: number;
  readonly bodyBytesMax?: number;
  readonly bodyBytesInspectedMax: number;
  readonly heldBytesMax: number;
  readonly connectionsMax: number;
  readonly streamsPerConnectionMax: number;
  readonly upstreamConnectionsMax: number;
  readonly upstreamQueueMax: number;
  readonly recordBytesMax: number;
  readonly recordsPerSecondMax: number;
}

/** Where clients connect, which APIs stand behind, and every limit in between. */
export interface GatewayOptions {
  readonly listen: ListenOptions;
  readonly upstreams: readonly UpstreamOptions[];
  readonly timeouts: GatewayTimeouts;
  readonly limits: GatewayLimits;
  readonly trustedProxies: readonly string[];
  readonly drainMs: number;
}

const milliseconds = z.int().min(10).max(86_400_000);

const listen = z
  .strictObject({
    address: z.string().min(1).default("127.0.0.1").describe("Address to listen on."),
    port: z.int().min(0).max(65_535).default(8080).describe("Port; 0 picks a free one."),
    tls: z
      .strictObject({
        cert: z.string().min(1).describe("PEM file with the certificate chain."),
        key: z.string().min(1).describe("PEM file with the private key."),
        clientCa: z
          .string()
          .min(1)
          .exactOptional()
          .describe("PEM file with the authorities that sign client certificates."),
        clientCertificates: z
          .enum(["none", "optional", "required"])
          .default("none")
          .describe("Whether clients may or must show a certificate of `clientCa`."),
      })
      .refine((tls) => tls.clientCertificates === "none" || tls.clientCa !== undefined, {
        error: "needs `clientCa` when client certificates are optional or required",
        path: ["clientCa"],
      })
      .exactOptional()
      .describe("TLS with HTTP/2 and HTTP/1.1 by ALPN; missing means plain HTTP/1.1."),
  })
  .prefault({})
  .describe("Where clients connect.");

const upstream = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .refine((url) => new URL(url).pathname === "/" && new URL(url).search === "", {
      error: "must be an origin such as http://127.0.0.1:3000, without a path",
    })
    .describe("Origin of the API: scheme, host and port."),
  hosts: z
    .array(z.string().min(1))
    .default([])
    .describe("Hosts it serves, as `shop.example` or `*.shop.example`; empty: every host."),
  pathPrefix: z
    .string()
    .startsWith("/")
    .default("/")
    .describe("Path below which it serves; sent upstream unchanged."),
  hostHeader: z
    .enum(["client", "upstream"])
    .default("client")
    .describe("The Host that the API gets: the client's, or the one of `url`."),
  ca: z
    .string()
    .min(1)
    .exactOptional()
    .describe("PEM file with authorities for an https upstream."),
  verifyCertificate: z
    .boolean()
    .default(true)
    .describe("Whether an https upstream's certificate must be valid."),
});

const timeouts = z
  .strictObject({
    requestHeadMs: milliseconds
      .default(15_000)
      .describe("From connecting, or a request's first byte, to its whole head; then 408."),
    requestBodyMs: milliseconds
      .default(30_000)
      .describe("Longest silence inside a request body; then 408."),
    idleMs: milliseconds
      .default(65_000)
      .describe("Kept-alive connection without a request, and client that reads nothing: closed."),
    tunnelIdleMs: milliseconds
      .default(600_000)
      .describe("Upgraded connection (WebSocket) without a byte either way: closed."),
    upstreamConnectMs: milliseconds.default(5_000).describe("To connect to the API; then 504."),
    upstreamResponseMs: milliseconds
      .default(60_000)
      .describe("From the whole request to the API's response head; then 504."),
    upstreamIdleMs: milliseconds
      .default(300_000)
      .describe("Longest silence inside a response body; then the client's connection is cut."),
    upstreamKeepAliveMs: milliseconds
      .default(4_000)
      .describe("How long an unused connection to the API is kept; below the API's own limit."),
    upstreamQueueMs: milliseconds
      .default(5_000)
      .describe("Longest wait for a free connection to the API; then 503."),
  })
  .prefault({})
  .describe("Every wait has an end. Milliseconds.");

const limits = z
  .strictObject({
    headerBytesMax: z
      .int()
      .min(1_024)
      .max(1_048_576)
      .default(65_536)
      .describe("Longest request head in bytes; over it 431."),
    requestTargetBytesMax: z
      .int()
      .min(64)
      .max(65_536)
      .default(16_384)
      .describe("Longest request target in bytes; over it 414."),
    bodyBytesMax: z
      .int()
      .min(0)
      .exactOptional()
      .describe(
        "Longest request body in bytes; over it 413. Missing: no limit, bodies are streamed.",
      ),
    bodyBytesInspectedMax: z
      .int()
      .min(0)
      .default(1_048_576)
      .describe("Beginning of a request body that is inspected; what follows passes unseen."),
    heldBytesMax: z
      .int()
      .min(1_048_576)
      .default(268_435_456)
      .describe("Bodies held or kept for inspection at a time, per worker; over it 503."),
    connectionsMax: z
      .int()
      .min(1)
      .default(16_384)
      .describe("Open client connections per worker; more are closed at once."),
    streamsPerConnectionMax: z
      .int()
      .min(1)
      .max(1_000)
      .default(128)
      .describe("Concurrent HTTP/2 streams of one connection."),
    upstreamConnectionsMax: z
      .int()
      .min(1)
      .default(256)
      .describe("Connections to one API per worker."),
    upstreamQueueMax: z
      .int()
      .min(0)
      .default(1_024)
      .describe("Requests that wait for a connection to one API per worker; over it 503."),
    recordBytesMax: z
      .int()
      .min(65_536)
      .default(8_388_608)
      .describe("Recorded exchanges on their way to the learning path, per worker; over it shed."),
    recordsPerSecondMax: z
      .int()
      .min(0)
      .default(500)
      .describe(
        "Ordinary exchanges of known shape recorded a second per worker; the others are counted.",
      ),
  })
  .prefault({})
  .describe("Every memory has a bound.");

const cidr = z.string().refine(isNetwork, {
  error: "must be an address or a network such as 10.0.0.0/8",
});

function isNetwork(text: string): boolean {
  return ipaddr.isValid(text) || ipaddr.isValidCIDR(text);
}

/** The gateway's options key by key: in merlon.yaml, `listen` and `upstreams` stand at the top. */
export const gatewayOptionShape: {
  readonly [Key in keyof GatewayOptions]-?: z.ZodType<GatewayOptions[Key]>;
} = {
  listen,
  upstreams: z.array(upstream).min(1).max(1_000).describe("The APIs behind, most specific first."),
  timeouts,
  limits,
  trustedProxies: z
    .array(cidr)
    .default([])
    .describe("Proxies in front whose X-Forwarded-For and Forwarded are believed."),
  drainMs: z
    .int()
    .min(0)
    .max(3_600_000)
    .default(10_000)
    .describe("How long open requests may take to end on stop."),
};

/** The gateway's options as a whole. */
export const gatewayOptions: z.ZodType<GatewayOptions> = z.strictObject(gatewayOptionShape);
