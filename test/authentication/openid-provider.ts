import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair } from "jose";
import { Provider } from "oidc-provider";

/** A certified OpenID provider on loopback that can rotate its keys, and go down and come back. */
export interface OpenIdProvider {
  readonly issuer: string;
  readonly jwksUrl: string;
  readonly introspectionUrl: string;
  /** How often its keys were asked for. */
  readonly keyRequests: number;
  /** An access token of the client-credentials grant: a JWT, or an opaque one. */
  issue(format: "jwt" | "opaque"): Promise<string>;
  revoke(token: string): Promise<void>;
  /** Signs with a new key from now on, and publishes that one alone. */
  rotate(): Promise<void>;
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
}

export const providerClient = { id: "merlon", secret: "a-secret-of-the-provider's-client" };
export const providerAudience = "urn:shop";

const tokenSeconds = 3_600;

export async function startOpenIdProvider(): Promise<OpenIdProvider> {
  let answer: RequestListener = (_request, response) => response.end();
  let keyRequests = 0;
  const server = createServer((request, response) => {
    if (request.url === "/jwks") keyRequests += 1;
    answer(request, response);
  });
  const listen = (port: number): Promise<number> =>
    new Promise((resolve) => {
      server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
    });
  const port = await listen(0);
  const issuer = `http://127.0.0.1:${port}`;
  let rotations = 0;

  async function rotate(): Promise<void> {
    rotations += 1;
    answer = await createAnswer(issuer, `key-${rotations}`);
  }

  async function post(path: string, form: Record<string, string>): Promise<Response> {
    const { id, secret } = providerClient;
    return await fetch(issuer + path, {
      method: "POST",
      headers: {
        authorization: `Basic ${Buffer.from(`${id}:${encodeURIComponent(secret)}`).toString("base64")}`,
      },
      body: new URLSearchParams(form),
    });
  }

  await rotate();
  return {
    issuer,
    jwksUrl: `${issuer}/jwks`,
    introspectionUrl: `${issuer}/token/introspection`,
    get keyRequests() {
      return keyRequests;
    },
    async issue(format) {
      const resource = format === "jwt" ? providerAudience : `${providerAudience}:opaque`;
      const response = await post("/token", {
        grant_type: "client_credentials",
        resource,
        scope: "orders",
      });
      const { access_token: token } = (await response.json()) as { access_token: string };
      return token;
    },
    async revoke(token) {
      await post("/token/revocation", { token });
    },
    rotate,
    goDown() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
    async comeBack() {
      await listen(port);
    },
  };
}

async function createAnswer(issuer: string, kid: string): Promise<RequestListener> {
  const { privateKey } = await generateKeyPair("RS256", { extractable: true });
  const { id, secret } = providerClient;
  const provider = new Provider(issuer, {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid, alg: "RS256", use: "sig" }] },
    clients: [
      {
        client_id: id,
        client_secret: secret,
        grant_types: ["client_credentials"],
        redirect_uris: [],
        response_types: [],
      },
    ],
    scopes: ["orders"],
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true },
      revocation: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_context: unknown, resource: string) => ({
          scope: "orders",
          audience: providerAudience,
          accessTokenTTL: tokenSeconds,
          accessTokenFormat: resource === providerAudience ? "jwt" : "opaque",
        }),
      },
    },
  });
  return provider.callback();
}
