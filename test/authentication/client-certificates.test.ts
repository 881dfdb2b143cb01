import { createHash, generateKeyPairSync, X509Certificate } from "node:crypto";
import { createServer, type Server } from "node:http";
import { connect } from "node:http2";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { exportJWK, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Certificate,
  type Certificates,
  canMakeCertificates,
  makeCertificates,
} from "../apps/certificates.ts";
import { type GuardedGateway, startGuardedGateway } from "../apps/start-guarded-gateway.ts";

const unmade = canMakeCertificates() ? "" : " (skipped: no openssl to make certificates with)";

describe.skipIf(unmade !== "")(`client certificates at the gateway${unmade}`, () => {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  let certificates: Certificates;
  let upstream: Server;
  let gateway: GuardedGateway;

  beforeAll(async () => {
    certificates = makeCertificates();
    upstream = createServer((_request, response) => response.end("served"));
    await new Promise<void>((resolve) => upstream.listen(0, "127.0.0.1", () => resolve()));
    const { cert, key } = certificates.server;
    gateway = await startGuardedGateway(
      {
        upstream: `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`,
        listen: {
          tls: { cert, key, clientCa: certificates.authority.cert, clientCertificates: "optional" },
        },
      },
      {
        protections: {
          authentication: {
            require: [],
            tokens: [{ keys: { jwks: [await exportJWK(publicKey)] } }],
            clientCertificates: [{ name: "acme", subject: "CN=client" }],
            rules: [
              { pathPrefix: "/partners", require: ["client-certificate"] },
              { pathPrefix: "/bound", require: ["token"] },
            ],
          },
        },
      },
    );
  });
  afterAll(async () => {
    await gateway.close();
    upstream.closeAllConnections();
    upstream.close();
  });

  const trusted = (shown: Certificate | undefined) => ({
    ca: certificates.authority.pem.cert,
    ...(shown === undefined ? {} : shown.pem),
  });

  function statusOf(path: string, shown?: Certificate, token?: string): Promise<number> {
    const { port } = new URL(gateway.origin);
    const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
    return new Promise((resolve, reject) => {
      const options = { host: "localhost", port, path, headers, agent: false, ...trusted(shown) };
      request(options, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on("error", reject)
        .end();
    });
  }

  function statusOverHttp2(path: string, shown?: Certificate): Promise<number> {
    const { port } = new URL(gateway.origin);
    const session = connect(`https://localhost:${port}`, trusted(shown));
    return new Promise((resolve, reject) => {
      session.on("error", reject);
      session
        .request({ ":path": path })
        .on("response", (headers) => {
          resolve(Number(headers[":status"]));
          session.close();
        })
        .resume()
        .end();
    });
  }

  test("let in whom they name, over HTTP/1.1 and HTTP/2; others get 401", async () => {
    expect(await statusOf("/partners/orders", certificates.client)).toBe(200);
    expect(await statusOf("/partners/orders")).toBe(401);
    expect(await statusOf("/partners/orders", certificates.server)).toBe(401);
    expect(await statusOverHttp2("/partners/orders", certificates.client)).toBe(200);
    expect(await statusOverHttp2("/partners/orders")).toBe(401);
    expect(gateway.failures).toEqual([]);
  });

  test("prove tokens that are bound to them, and no others'", async () => {
    const { raw } = new X509Certificate(certificates.client.pem.cert);
    const thumbprint = createHash("sha256").update(raw).digest("base64url");
    const token = await new SignJWT({ sub: "alice", cnf: { "x5t#S256": thumbprint } })
      .setProtectedHeader({ alg: "ES256" })
      .setExpirationTime("5m")
      .sign(privateKey);

    expect(await statusOf("/bound", certificates.client, token)).toBe(200);
    expect(await statusOf("/bound", undefined, token)).toBe(401);
  });
});
