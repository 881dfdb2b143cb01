import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";

export interface ShopRequest {
  readonly headers: IncomingHttpHeaders;
  readonly query: URLSearchParams;
  /** Capture groups of the route's path. */
  readonly params: readonly string[];
  readonly body: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is; anything else as JSON. */
  readonly body: unknown;
}

export interface Route {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: RegExp;
  answer(request: ShopRequest): Answer | Promise<Answer>;
}

const bodyBytesMax = 1_000_000;

export async function readBody(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) throw new Error("body too large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

export function send(response: ServerResponse, answer: Answer): void {
  const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
  response.writeHead(answer.status, {
    "content-type": "application/json; charset=utf-8",
    ...answer.headers,
    "content-length": Buffer.byteLength(text),
  });
  response.end(text);
}

export function problem(status: number, title: string): Answer {
  return {
    status,
    headers: { "content-type": "application/problem+json" },
    body: { type: "about:blank", title, status },
  };
}
