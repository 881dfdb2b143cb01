import { z } from "zod";
import type { Account, ConsoleSession } from "../account-store.ts";
import type { SessionRequest, SessionView } from "../contract.ts";
import { hashOfNobody, isPasswordOf } from "../passwords.ts";
import { Problem } from "../problem.ts";
import type { ConsoleRequest, ConsoleServices, Login, Route } from "../route.ts";
import { endedSessionCookie, sessionCookie } from "../session-cookie.ts";
import { validated } from "../validate.ts";

const sessionRequest: z.ZodType<SessionRequest> = z.strictObject({
  name: z.string().min(1).max(100),
  password: z.string().min(1).max(256),
});

/** Signing in, who is signed in, signing out. */
export const sessionRoutes: readonly Route[] = [
  { method: "POST", path: "/api/session", access: "anyone", answer: signIn },
  {
    method: "GET",
    path: "/api/session",
    access: "signed-in",
    answer: async (request) => ({ status: 200, json: sessionViewOf(loginOf(request)) }),
  },
  {
    method: "DELETE",
    path: "/api/session",
    access: "signed-in",
    async answer(request, { sessions }) {
      await sessions.end(loginOf(request).session);
      return { status: 204, headers: { "set-cookie": endedSessionCookie(request.cookiePlace) } };
    },
  },
];

async function signIn(
  request: ConsoleRequest,
  services: ConsoleServices,
): ReturnType<Route["answer"]> {
  const { name, password } = validated(sessionRequest, request.body);
  requireAttempt(request, services, name);
  const account = await services.accounts.findAccount(name);
  const isRight = await services.hashing.run(() =>
    isPasswordOf(password, account?.passwordHash ?? hashOfNobody),
  );
  if (account === undefined || !isRight) {
    const details = { account: name, address: request.address };
    services.log({ level: "warn", event: "sign-in-refused", details });
    throw new Problem(401, "Name or password is wrong.");
  }

  services.loginLimit.forgive(request.address, name);
  // The browser's former session ends: what somebody planted there is worth nothing.
  if (request.login !== undefined) await services.sessions.end(request.login.session);
  return answerWithNewSession(account, request, services);
}

/** Counts a try of a password; throws 429 when there were too many. */
export function requireAttempt(
  request: ConsoleRequest,
  { loginLimit, log, now }: ConsoleServices,
  account: string,
): void {
  const waitMs = loginLimit.take(request.address, account, now());
  if (waitMs <= 0) return;

  const details = { account, address: request.address };
  log({ level: "warn", event: "sign-in-limited", details });
  const seconds = String(Math.ceil(waitMs / 1000));
  throw new Problem(429, "Too many attempts. Try again later.", { "retry-after": seconds });
}

/** Opens a session for the account and gives its cookie to the browser. */
export async function answerWithNewSession(
  account: Account,
  request: ConsoleRequest,
  { sessions, log }: ConsoleServices,
): ReturnType<Route["answer"]> {
  const { id, session } = await sessions.open(account.name);
  const details = { account: account.name, address: request.address };
  log({ level: "info", event: "signed-in", details });
  return {
    status: 200,
    json: sessionViewOf({ account, session }),
    headers: { "set-cookie": sessionCookie(id, request.cookiePlace) },
  };
}

/** The login of a route that is not open to anyone. */
export function loginOf({ login }: ConsoleRequest): Login {
  if (login === undefined) throw new Problem(401, "Sign in first.");
  return login;
}

function sessionViewOf({ account, session }: { account: Account; session: ConsoleSession }) {
  return {
    name: account.name,
    csrfToken: session.csrfToken,
    mustSetPassword: account.oneTime,
  } satisfies SessionView;
}
