import type { IncomingMessage, ServerResponse } from "node:http";
import type { Account, AccountStore, ConsoleSession } from "./account-store.ts";
import type { ConsoleBackend } from "./backend.ts";
import type { CurrentOverview } from "./current-overview.ts";
import type { HashingGate } from "./hashing-gate.ts";
import type { LiveStream } from "./live-stream.ts";
import type { ConsoleLog } from "./log.ts";
import type { LoginLimit } from "./login-limit.ts";
import type { CookiePlace } from "./session-cookie.ts";
import type { Sessions } from "./sessions.ts";
import type { TrafficStore } from "./traffic-store.ts";

/** Who may call: anyone; who is signed in; who is signed in with a password of their own. */
export type Access = "anyone" | "signed-in" | "own-password";

/** One method of one resource of the API. */
export interface Route {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Path with parameters: `/api/endpoints/:id`. */
  readonly path: string;
  readonly access: Access;
  /** Longest body that is read; 64 KiB unless told. */
  readonly bodyBytesMax?: number;
  answer(request: ConsoleRequest, services: ConsoleServices): Promise<Answer>;
}

/** A request that has passed the checks of host, origin, session and CSRF token. */
export interface ConsoleRequest {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Parsed JSON of a POST or PUT; not validated yet. */
  readonly body: unknown;
  readonly address: string;
  readonly cookiePlace: CookiePlace;
  readonly message: IncomingMessage;
  /** There is one unless the route lets anyone in. */
  readonly login: Login | undefined;
}

export interface Login {
  readonly account: Account;
  readonly session: ConsoleSession;
}

export type Answer =
  | { readonly status: number; readonly json: unknown; readonly headers?: AnswerHeaders }
  | { readonly status: number; readonly text: string; readonly headers: AnswerHeaders }
  | { readonly status: 204; readonly headers?: AnswerHeaders }
  /** The route keeps the response and ends it itself. */
  | { readonly stream: (response: ServerResponse) => void };

type AnswerHeaders = Readonly<Record<string, string>>;

/** What routes work with. */
export interface ConsoleServices {
  readonly backend: ConsoleBackend;
  readonly traffic: TrafficStore;
  readonly accounts: AccountStore;
  readonly sessions: Sessions;
  readonly loginLimit: LoginLimit;
  readonly hashing: HashingGate;
  readonly overview: CurrentOverview;
  readonly live: LiveStream;
  readonly now: () => number;
  readonly log: ConsoleLog;
}
