import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { builtInRoutes } from "./built-in-routes.ts";
import { findRoute } from "./find-route.ts";
import { Problem } from "./problem.ts";
import { readJson } from "./read-json.ts";
import { requireSameOrigin } from "./request-origin.ts";
import type { Access, Answer, ConsoleServices, Login } from "./route.ts";
import { findSessionId } from "./session-cookie.ts";

export interface ApiCall {
  readonly message: IncomingMessage;
  readonly url: URL;
  /** The console's origin as the browser sees it. */
  readonly origin: string;
  readonly port: number;
}

/** Answers a request under /api after every check that does not depend on the resource. */
export async function answerApi(call: ApiCall, services: ConsoleServices): Promise<Answer> {
  const { message, url, origin, port } = call;
  const method = message.method ?? "GET";
  const { route, parameters } = findRoute(builtInRoutes, method, url.pathname);
  const cookiePlace = { secure: origin.startsWith("https:"), port };
  const sessionId = findSessionId(message.headers.cookie, cookiePlace);
  const login = sessionId === undefined ? undefined : await findLogin(sessionId, services);
  requireAccess(route.access, login);

  let body: unknown;
  if (method !== "GET") {
    const site = message.headers["sec-fetch-site"];
    requireSameOrigin(origin, {
      origin: message.headers.origin,
      site: typeof site === "string" ? site : undefined,
    });
    if (route.access !== "anyone") requireCsrfToken(message, login);
    if (method !== "DELETE") body = await readJson(message, route.bodyBytesMax);
  }
  const address = message.socket.remoteAddress ?? "";
  const query = url.searchParams;
  return route.answer({ parameters, query, body, address, cookiePlace, message, login }, services);
}

async function findLogin(
  id: string,
  { sessions, accounts }: ConsoleServices,
): Promise<Login | undefined> {
  const session = await sessions.find(id);
  const account = session && (await accounts.findAccount(session.account));
  return account && session && { account, session };
}

function requireAccess(access: Access, login: Login | undefined): void {
  if (access === "anyone") return;
  if (login === undefined) throw new Problem(401, "Sign in first.");
  if (access === "own-password" && login.account.oneTime) {
    throw new Problem(403, "Set a password of your own first.");
  }
}

function requireCsrfToken(message: IncomingMessage, login: Login | undefined): void {
  const given = Buffer.from(String(message.headers["x-csrf-token"] ?? ""));
  const expected = Buffer.from(login?.session.csrfToken ?? "");
  const isRight =
    expected.length > 0 && given.length === expected.length && timingSafeEqual(given, expected);
  if (!isRight) throw new Problem(403, "The x-csrf-token header is missing or wrong.");
}
