import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { exportJWK, SignJWT } from "jose";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { loadConfiguration } from "../../src/config/load-configuration.ts";
import type { Mode } from "../../src/model/decision.ts";
import { type GuardedGateway, startGuardedGateway } from "../apps/start-guarded-gateway.ts";

/* The recipes as somebody follows them who reads nothing else: their file, a gateway, `merlon inspect`. */

const directory = mkdtempSync(join(tmpdir(), "merlon-recipe-"));
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
let servers: Server;
let origin = "";
let gateway: GuardedGateway | undefined;

beforeAll(async () => {
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: "k1" }] });
  servers = createServer((request, response) => {
    response.end(request.url === "/.well-known/jwks.json" ? jwks : "served");
  });
  await new Promise<void>((resolve) => servers.listen(0, "127.0.0.1", () => resolve()));
  origin = `http://127.0.0.1:${(servers.address() as AddressInfo).port}`;
});
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});
afterAll(() => {
  servers.closeAllConnections();
  servers.close();
  rmSync(directory, { recursive: true });
});

/** The recipe's first YAML block with the addresses of this test instead of its examples. */
function fileOf(recipe: string, mode: Mode): string {
  const page = readFileSync(`docs/recipes/${recipe}.md`, "utf8");
  const yaml = /```yaml\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
  const file = join(directory, `${recipe}-${mode}.yaml`);
  const own = yaml
    .replace("http://127.0.0.1:3000", origin)
    .replace("https://id.example/.well-known", `${origin}/.well-known`)
    .replace(/mode: \w+/, `mode: ${mode}`);
  writeFileSync(file, own);
  return file;
}

async function guardBy(file: string): Promise<GuardedGateway> {
  const { policy } = await loadConfiguration({ file });
  gateway = await startGuardedGateway({ upstream: origin }, policy);
  return gateway;
}

function merlon(args: readonly string[], input = ""): Promise<{ code: number; out: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, ["src/cli.ts", ...args], (error, out) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, out }),
    );
    child.stdin?.end(input);
  });
}

interface Sent {
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

async function statusesAt(
  { origin: at }: GuardedGateway,
  sent: readonly Sent[],
): Promise<number[]> {
  const statuses: number[] = [];
  for (const { path, headers = {} } of sent) {
    const response = await fetch(at + path, { headers });
    await response.arrayBuffer();
    statuses.push(response.status);
  }
  return statuses;
}

/** What `merlon inspect` says of the same requests, recorded now; 200 for allowed. */
async function inspected(file: string, sent: readonly Sent[], host: string): Promise<number[]> {
  const lines = sent.map(({ path, headers = {} }, index) =>
    JSON.stringify({
      id: String(index),
      time: new Date().toISOString(),
      request: {
        method: "GET",
        url: `http://${host}${path}`,
        headers: [["host", host], ...Object.entries(headers)],
      },
    }),
  );
  const { out } = await merlon(["inspect", "--json", "--config", file], lines.join("\n"));
  return out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line))
    .map(({ action, status }) => (action === "allow" ? 200 : status));
}

function tokenWith(claims: object): Promise<string> {
  return new SignJWT({ iss: "https://id.example", aud: "shop-api", sub: "alice", ...claims })
    .setProtectedHeader({ alg: "ES256", kid: "k1" })
    .setExpirationTime("5m")
    .sign(privateKey);
}

describe("the recipe to require a token everywhere but health", () => {
  const requests = async (): Promise<readonly Sent[]> => {
    const bearer = async (claims: object): Promise<Sent> => ({
      path: "/orders",
      headers: { authorization: `Bearer ${await tokenWith(claims)}` },
    });
    return [
      { path: "/health" },
      { path: "/orders" },
      await bearer({}),
      await bearer({ aud: "other" }),
    ];
  };

  test("refuses strangers in enforce mode, over sockets and in recordings alike", async () => {
    const file = fileOf("require-a-token", "enforce");
    const sent = await requests();

    expect(await statusesAt(await guardBy(file), sent)).toEqual([200, 401, 200, 401]);
    expect(await inspected(file, sent, "api.example")).toEqual([200, 401, 200, 401]);
  });

  test("reports them in observe mode", async () => {
    const observing = await guardBy(fileOf("require-a-token", "observe"));

    expect(await statusesAt(observing, await requests())).toEqual([200, 200, 200, 200]);
    expect(observing.records.map(({ decision }) => decision?.wouldBe)).toEqual([
      undefined,
      "block",
      undefined,
      "block",
    ]);
  });
});

describe("the recipe for partners by API key", () => {
  test("lets partners in by keys that `merlon keys` issued, and revokes them", async () => {
    const keys = ["--file", join(directory, "keys.json"), "--json"];
    const issue = async (scopes: string): Promise<{ key: string; id: string }> =>
      JSON.parse(
        (await merlon(["keys", "create", "--name", "acme", "--scopes", scopes, ...keys])).out,
      );
    const reader = await issue("orders:read");
    const other = await issue("stock:read");
    const file = fileOf("partners-by-api-key", "enforce");
    const by = (key: string): Sent => ({ path: "/orders", headers: { "x-api-key": key } });
    const sent = [{ path: "/orders" }, by(reader.key), by(other.key), by(`${reader.key}x`)];

    expect(await inspected(file, sent, "partners.example")).toEqual([401, 200, 403, 401]);
    expect(await inspected(file, sent, "shop.example")).toEqual([200, 200, 200, 200]);

    await merlon(["keys", "revoke", reader.id, ...keys]);
    expect(await inspected(file, sent, "partners.example")).toEqual([401, 401, 403, 401]);
    const listed = (await merlon(["keys", "list", ...keys])).out;
    expect(listed).toContain('"state":"revoked"');
    expect(listed).not.toContain(reader.key);
  });
});
