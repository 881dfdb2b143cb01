import type { SessionView } from "../src/console/contract.ts";

/** Signs in to a running console as a person would, and calls its API. */
export interface ConsoleClient {
  get<Answer>(path: string): Promise<Answer>;
  send(method: "POST" | "PUT" | "DELETE", path: string, body?: unknown): Promise<Response>;
}

/** Replaces the one-time password first, as the console asks for. */
export async function signIn(origin: string, oneTimePassword: string): Promise<ConsoleClient> {
  const password = "a long enough password";
  const first = await call(origin, "POST", "/api/session", {
    name: "admin",
    password: oneTimePassword,
  });
  let cookie = cookieOf(first);
  const { csrfToken } = (await first.json()) as SessionView;
  const changed = await call(
    origin,
    "PUT",
    "/api/password",
    { current: oneTimePassword, next: password },
    { cookie, "x-csrf-token": csrfToken },
  );
  cookie = cookieOf(changed) || cookie;
  const session = (await changed.json()) as SessionView;
  const headers = { cookie, "x-csrf-token": session.csrfToken };

  return {
    async get<Answer>(path: string) {
      const response = await fetch(origin + path, { headers });
      if (!response.ok) throw new Error(`${path} answered ${response.status}`);
      return (await response.json()) as Answer;
    },
    send: (method, path, body) => call(origin, method, path, body, headers),
  };
}

function call(
  origin: string,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(origin + path, {
    method,
    headers: { ...headers, origin, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

function cookieOf(response: Response): string {
  return response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
}
