import { scryptSync } from "node:crypto";
import { type IncomingHttpHeaders, request } from "node:http";
import type { ConsoleOptions } from "../../src/console/console-server.ts";
import { createConsole } from "../../src/console/console-server.ts";
import type { ConsoleLogEntry } from "../../src/console/log.ts";
import type { Endpoint } from "../../src/model/endpoint.ts";
import {
  openSqliteStorage,
  type SqliteStorage,
} from "../../src/storage/sqlite/open-sqlite-storage.ts";
import { createSampleBackend, type SampleBackend } from "./sample-backend.ts";
import { sampleInventoryDesk } from "./sample-inventory.ts";

export const oneTimePassword = "aaaaa-bbbbb-ccccc-ddddd";
export const ownPassword = "correct horse battery";

export interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly json: unknown;
}

export interface CallOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly body?: string;
}

/** A browser as far as a console cares: it keeps the cookie and the CSRF token. */
export class Visitor {
  readonly #port: number;
  cookie: string | undefined;
  csrfToken: string | undefined;

  constructor(port: number) {
    this.#port = port;
  }

  call(method: string, path: string, options: CallOptions = {}): Promise<Reply> {
    const origin = `http://127.0.0.1:${this.#port}`;
    const changes = method !== "GET" && method !== "HEAD";
    const headers: Record<string, string> = {
      ...(this.cookie === undefined ? {} : { cookie: this.cookie }),
      ...(changes ? { origin } : {}),
      ...(changes && this.csrfToken !== undefined ? { "x-csrf-token": this.csrfToken } : {}),
      ...(options.json === undefined ? {} : { "content-type": "application/json" }),
      ...options.headers,
    };
    const body = options.json === undefined ? options.body : JSON.stringify(options.json);
    return send(this.#port, method, path, headers, body);
  }

  async signIn(name: string, password: string): Promise<Reply> {
    const reply = await this.call("POST", "/api/session", { json: { name, password } });
    this.keep(reply);
    return reply;
  }

  /** Takes cookie and token of an answer that opened a session. */
  keep(reply: Reply): void {
    const cookie = reply.headers["set-cookie"]?.[0]?.split(";", 1)[0];
    if (reply.status !== 200 || cookie === undefined) return;
    this.cookie = cookie;
    this.csrfToken = (reply.json as { csrfToken: string }).csrfToken;
  }
}

export interface RunningConsole {
  readonly port: number;
  readonly backend: SampleBackend;
  readonly storage: SqliteStorage;
  readonly logged: readonly ConsoleLogEntry[];
  visitor(): Visitor;
  /** A visitor who is signed in and has set a password. */
  signedIn(): Promise<Visitor>;
  close(): Promise<void>;
}

/** The real console over a real socket, with a store and an installation in memory. */
export async function startConsole(
  options: Partial<ConsoleOptions> & { readonly endpoints?: readonly Endpoint[] } = {},
): Promise<RunningConsole> {
  const storage = openSqliteStorage({ memory: true });
  const endpoints = options.endpoints ?? [];
  const desk = sampleInventoryDesk(endpoints, storage);
  const backend = createSampleBackend(endpoints, storage.traffic, desk);
  await saveAdministrator(storage, oneTimePassword, { oneTime: true });
  const logged: ConsoleLogEntry[] = [];
  const server = createConsole({
    backend,
    traffic: storage.traffic,
    accounts: storage.accounts,
    assetsDirectory: "/nonexistent",
    log: (entry) => logged.push(entry),
    ...options,
  });
  const { port } = await server.listen("127.0.0.1", 0);
  const visitor = (): Visitor => new Visitor(port);

  return {
    port,
    backend,
    storage,
    logged,
    visitor,
    async signedIn() {
      await saveAdministrator(storage, ownPassword, { oneTime: false });
      const one = visitor();
      await one.signIn("admin", ownPassword);
      return one;
    },
    async close() {
      await server.close();
      storage.close();
    },
  };
}

/** Hashed at the least cost that scrypt has, so that tests are quick. */
function saveAdministrator(
  { accounts }: SqliteStorage,
  password: string,
  { oneTime }: { readonly oneTime: boolean },
): Promise<void> {
  const salt = Buffer.from("salt");
  const key = scryptSync(password, salt, 32, { N: 2, r: 1, p: 1 });
  const passwordHash = `scrypt$2$1$1$${salt.toString("base64")}$${key.toString("base64")}`;
  return accounts.saveAccount({ name: "admin", passwordHash, oneTime });
}

function send(
  port: number,
  method: string,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: "127.0.0.1", port, method, path, headers, agent: false });
    outgoing.on("error", reject);
    outgoing.on("response", (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const text = Buffer.concat(chunks).toString();
        const isJson = /json/.test(response.headers["content-type"] ?? "");
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text,
          json: isJson ? (JSON.parse(text) as unknown) : undefined,
        });
      });
    });
    outgoing.end(body);
  });
}
