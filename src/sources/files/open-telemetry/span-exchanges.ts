import type { ReadResult } from "../read-result.ts";
import { type Span, spanKind } from "./span.ts";
import { tryExchangeOfSpan } from "./span-exchange.ts";

/** Client spans held until their servers' spans may come, and answered ones remembered. */
const waitingMax = 20_000;

/** Turns spans into exchanges, each exchange once though client and server both tell of it. */
export interface SpanExchanges {
  push(spans: Iterable<Span>, line: number): readonly ReadResult[];
  end(): readonly ReadResult[];
}

/**
 * A server's span is an exchange at once. A client's span waits for the server's span below it and
 * is an exchange of its own only when none comes: the server is somebody else's.
 */
export function createSpanExchanges(options: { readonly now: () => number }): SpanExchanges {
  const waiting = new Map<string, { readonly span: Span; readonly line: number }>();
  const answered = new Set<string>();
  let untold = 0;

  const resultOf = (span: Span, line: number, caller?: string): readonly ReadResult[] => {
    const exchange = tryExchangeOfSpan(span, { now: options.now, caller });
    if (exchange !== undefined) return [{ exchange, line }];
    if (isHttp(span)) untold += 1;
    return [];
  };

  const takeServer = (span: Span, line: number): readonly ReadResult[] => {
    const key = `${span.traceId}-${span.parentSpanId}`;
    const caller = waiting.get(key)?.span.service;
    if (span.parentSpanId !== "" && !waiting.delete(key)) remember(answered, key);
    return resultOf(span, line, caller);
  };

  const takeClient = (span: Span, line: number): readonly ReadResult[] => {
    const key = `${span.traceId}-${span.spanId}`;
    if (answered.delete(key)) return [];
    waiting.set(key, { span, line });
    if (waiting.size <= waitingMax) return [];
    for (const [oldest, held] of waiting) {
      waiting.delete(oldest);
      return resultOf(held.span, held.line);
    }
    return [];
  };

  return {
    push: (spans, line) =>
      [...spans].flatMap((span) => {
        if (span.kind === spanKind.server) return takeServer(span, line);
        return span.kind === spanKind.client && isHttp(span) ? takeClient(span, line) : [];
      }),

    end() {
      const rest = [...waiting.values()].flatMap(({ span, line }) => resultOf(span, line));
      waiting.clear();
      return untold === 0
        ? rest
        : [...rest, { note: `${untold} HTTP spans do not tell the path and were left out` }];
    },
  };
}

function isHttp({ attributes }: Span): boolean {
  return attributes.has("http.request.method") || attributes.has("http.method");
}

function remember(set: Set<string>, key: string): void {
  set.add(key);
  if (set.size <= waitingMax) return;
  for (const oldest of set) {
    set.delete(oldest);
    return;
  }
}
