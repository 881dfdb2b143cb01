import type { SessionView } from "../../src/console/contract.ts";

/** An answer of the console API that is not a success; `title` is fit for people. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, title: string) {
    super(title);
    this.status = status;
  }
}

let csrfToken = "";

/** Remembers the token that every changing request must carry. */
export function keepSession(session: SessionView): SessionView {
  csrfToken = session.csrfToken;
  return session;
}

export function get<Answer>(path: string): Promise<Answer> {
  return request<Answer>("GET", path);
}

export function change<Answer>(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
): Promise<Answer> {
  return request<Answer>(method, path, body);
}

async function request<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
  const headers = new Headers({ accept: "application/json" });
  if (method !== "GET") headers.set("x-csrf-token", csrfToken);
  if (body !== undefined) headers.set("content-type", "application/json");
  const response = await fetch(path, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.status === 204) return undefined as Answer;
  const answer = await response.json().catch(() => undefined);
  if (!response.ok) {
    throw new ApiError(
      response.status,
      titleOf(answer) ?? `The console answered ${response.status}`,
    );
  }
  return answer as Answer;
}

function titleOf(answer: unknown): string | undefined {
  if (typeof answer !== "object" || answer === null) return undefined;
  const { title, detail } = answer as { title?: unknown; detail?: unknown };
  if (typeof title !== "string") return undefined;
  return typeof detail === "string" ? `${title}: ${detail}` : title;
}
