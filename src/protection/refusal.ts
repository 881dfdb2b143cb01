import type { Header } from "../model/exchange.ts";
import type { Block } from "../model/verdict.ts";

/** The answer a client gets instead of the upstream's. */
export interface Refusal {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly body: string;
}

const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  408: "Request Timeout",
  413: "Content Too Large",
  414: "URI Too Long",
  415: "Unsupported Media Type",
  417: "Expectation Failed",
  421: "Misdirected Request",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  501: "Not Implemented",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
  505: "HTTP Version Not Supported",
};

/** RFC 9457 problem details with the decision's id and nothing of the rule or the value. */
export function refusalOf(verdict: Pick<Block, "status" | "headers">, decisionId: string): Refusal {
  const body = JSON.stringify({
    type: "about:blank",
    title: titles[verdict.status] ?? "Refused",
    status: verdict.status,
    decision: decisionId,
  });
  return {
    status: verdict.status,
    headers: [
      ["content-type", "application/problem+json"],
      ["cache-control", "no-store"],
      ["merlon-decision", decisionId],
      ...(verdict.headers ?? []),
    ],
    body,
  };
}
