import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { MerlonError } from "../model/merlon-error.ts";
import type { AccountStore } from "./account-store.ts";
import { answerApi } from "./answer-api.ts";
import { answerAsset } from "./answer-asset.ts";
import type { ConsoleBackend } from "./backend.ts";
import { CurrentOverview } from "./current-overview.ts";
import { HashingGate } from "./hashing-gate.ts";
import { LiveStream } from "./live-stream.ts";
import type { ConsoleLog } from "./log.ts";
import { defaultLoginLimit, LoginLimit, type LoginLimitOptions } from "./login-limit.ts";
import { MetricsText } from "./metrics-text.ts";
import { Problem } from "./problem.ts";
import { requestOriginOf } from "./request-origin.ts";
import type { Answer, ConsoleServices } from "./route.ts";
import { securityHeaders } from "./security-headers.ts";
import { defaultSessionLimits, type SessionLimits, Sessions } from "./sessions.ts";
import { type Asset, loadAssets } from "./static-assets.ts";
import type { TrafficStore } from "./traffic-store.ts";

/** What the console is made of; the rest has defaults. */
export interface ConsoleParts {
  readonly backend: ConsoleBackend;
  readonly traffic: TrafficStore;
  readonly accounts: AccountStore;
  /** Directory of the built pages, `dist/web`. */
  readonly assetsDirectory: string;
  /** Origins besides loopback under which browsers reach it, such as `https://merlon.example`. */
  readonly origins?: readonly string[];
  readonly sessionLimits?: SessionLimits;
  readonly loginLimit?: LoginLimitOptions;
  readonly log?: ConsoleLog;
  readonly now?: () => number;
}

/** Codes whose message is about what the person sent, and meant for them. */
const refusedInput: readonly string[] = ["ERR_USAGE", "ERR_CONFIG_INVALID"];

/** Answers one request after the other; knows nothing of sockets. */
export class ConsoleHandler {
  readonly #services: ConsoleServices;
  readonly #origins: readonly string[];
  readonly #assets: ReadonlyMap<string, Asset>;
  readonly #metrics = new MetricsText();

  constructor(parts: ConsoleParts) {
    const { backend, traffic, accounts, now = Date.now, log = () => undefined } = parts;
    const { sessionLimits = defaultSessionLimits, loginLimit = defaultLoginLimit } = parts;
    const overview = new CurrentOverview(backend, now);
    this.#services = {
      backend,
      traffic,
      accounts,
      now,
      log,
      overview,
      live: new LiveStream(backend, overview, log),
      sessions: new Sessions(accounts, sessionLimits, now),
      loginLimit: new LoginLimit(loginLimit),
      hashing: new HashingGate(),
    };
    this.#origins = (parts.origins ?? []).map((origin) => new URL(origin).origin);
    this.#assets = loadAssets(parts.assetsDirectory);
  }

  answer(message: IncomingMessage, response: ServerResponse): void {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    this.#route(message, response).catch((error: unknown) => {
      sendProblem(response, this.#problemOf(error, message));
    });
  }

  close(): void {
    this.#services.live.close();
  }

  async #route(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = URL.parse(`http://console${message.url ?? "/"}`);
    if (url === null || !message.url?.startsWith("/")) throw new Problem(400, "Malformed path.");
    if (await this.#isProbe(url.pathname, message, response)) return;

    const {
      encrypted = false,
      localAddress,
      localPort = 0,
    } = message.socket as {
      encrypted?: boolean;
      localAddress?: string;
      localPort?: number;
    };
    const facts = { host: message.headers.host, encrypted, localAddress };
    const origin = requestOriginOf(facts, this.#origins);
    if (url.pathname !== "/api" && !url.pathname.startsWith("/api/")) {
      answerAsset(message, response, url.pathname, this.#assets);
      return;
    }
    response.setHeader("cache-control", "no-store");
    sendAnswer(
      response,
      await answerApi({ message, url, origin, port: localPort }, this.#services),
    );
  }

  /** Health and metrics: for machines, under any host name, without a session. */
  async #isProbe(
    path: string,
    message: IncomingMessage,
    response: ServerResponse,
  ): Promise<boolean> {
    const { backend } = this.#services;
    const headers = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
    if (!["/healthz", "/readyz", "/metrics"].includes(path)) return false;
    if (message.method !== "GET" && message.method !== "HEAD") {
      throw new Problem(405, "The resource has no such method.", { allow: "GET, HEAD" });
    }

    if (path === "/metrics") {
      const text = await this.#metrics.of(backend.metrics());
      response.writeHead(200, { ...headers, "content-type": this.#metrics.contentType }).end(text);
    } else if (path === "/healthz" || backend.ready()) {
      response.writeHead(200, headers).end("ok\n");
    } else {
      response.writeHead(503, headers).end("not ready\n");
    }
    return true;
  }

  /** What the client may know of an error; the rest goes to the log under one id. */
  #problemOf(error: unknown, message: IncomingMessage): Problem {
    if (error instanceof Problem) return error;
    if (error instanceof MerlonError && refusedInput.includes(error.code)) {
      return new Problem(400, error.message);
    }

    const id = randomUUID();
    const path = message.url?.split("?", 1)[0]?.slice(0, 200);
    this.#services.log({ level: "error", event: "request-failed", details: { id, path }, error });
    if (error instanceof MerlonError && error.code === "ERR_STORAGE_FAILED") {
      return new Problem(503, `The store does not answer. The log has details under ${id}.`);
    }
    return new Problem(500, `Something went wrong. The log has details under ${id}.`);
  }
}

function sendAnswer(response: ServerResponse, answer: Answer): void {
  if ("stream" in answer) {
    answer.stream(response);
    return;
  }
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
  if ("json" in answer) {
    response.setHeader("content-type", "application/json; charset=utf-8");
    response.writeHead(answer.status).end(JSON.stringify(answer.json));
  } else {
    response.writeHead(answer.status).end("text" in answer ? answer.text : undefined);
  }
}

function sendProblem(response: ServerResponse, { status, message, headers }: Problem): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const json = JSON.stringify({ type: "about:blank", title: message, status });
  response.writeHead(status, { ...headers, "content-type": "application/problem+json" }).end(json);
}
