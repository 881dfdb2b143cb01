import { describe, expect, test } from "vitest";
import { gatewayOptions } from "./gateway-options.ts";

const minimal = { upstreams: [{ url: "http://127.0.0.1:3000" }] };

describe("the gateway's options", () => {
  test("need no more than an upstream", () => {
    expect(gatewayOptions.parse(minimal)).toMatchObject({
      listen: { address: "127.0.0.1", port: 8080 },
      upstreams: [{ hosts: [], pathPrefix: "/", hostHeader: "client", verifyCertificate: true }],
      trustedProxies: [],
    });
  });

  test.each([
    ["no upstream", { upstreams: [] }],
    ["an upstream with a path", { upstreams: [{ url: "http://a/b" }] }],
    ["an upstream of another scheme", { upstreams: [{ url: "ftp://a" }] }],
    ["a proxy that is no network", { ...minimal, trustedProxies: ["10.0.0.0/99"] }],
    ["an unknown key", { ...minimal, limit: {} }],
    ["a timeout of nothing", { ...minimal, timeouts: { idleMs: 0 } }],
    [
      "client certificates without an authority",
      { ...minimal, listen: { tls: { cert: "a", key: "b", clientCertificates: "required" } } },
    ],
  ])("refuse %s", (_what, input) => {
    expect(gatewayOptions.safeParse(input).success).toBe(false);
  });
});
