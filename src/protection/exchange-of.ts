import { type Body, type Exchange, type HttpRequest, mediaTypeOf } from "../model/exchange.ts";
import { type BodyLimits, isTextual } from "./body-plan.ts";
import type { LiveExchangeContext } from "./exchange-context.ts";
import type { Outcome } from "./guard.ts";

/** The exchange as it is handed to the learning path, with what was captured of its bodies. */
export function exchangeOf(
  context: LiveExchangeContext,
  outcome: Outcome,
  destination: string | undefined,
  limits: BodyLimits,
): Exchange {
  const { response } = context;
  const responseBody = capturedBodyOf(
    context.responseBody?.bytes,
    outcome.responseBytesTotal,
    response !== undefined && isTextual(mediaTypeOf(response.headers)),
    limits,
  );
  const { durationMs, upgrade, aborted } = outcome;
  return {
    id: context.id,
    timeMs: context.timeMs,
    client: context.client,
    ...(destination === undefined ? {} : { destination }),
    request: requestOf(context, outcome, limits),
    ...(response === undefined
      ? {}
      : {
          response: {
            status: response.status,
            headers: response.headers,
            ...(responseBody === undefined ? {} : { body: responseBody }),
          },
        }),
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(upgrade === undefined ? {} : { upgrade }),
    ...(aborted === undefined ? {} : { aborted }),
  };
}

function requestOf(
  context: LiveExchangeContext,
  outcome: Outcome,
  limits: BodyLimits,
): HttpRequest {
  const body = capturedBodyOf(
    context.requestBody?.bytes,
    outcome.requestBytesTotal,
    context.requestBodyInspectable,
    limits,
  );
  return body === undefined ? context.request : { ...context.request, body };
}

const noBytes = new Uint8Array(0);

function capturedBodyOf(
  seen: Uint8Array | undefined,
  totalFromSource: number | undefined,
  isText: boolean,
  { recordBytesMax }: BodyLimits,
): Body | undefined {
  const bytesTotal = totalFromSource ?? seen?.length ?? 0;
  if (bytesTotal === 0) return undefined;
  if (seen === undefined || !isText) return { bytes: noBytes, bytesTotal };
  // A view, which is also what slice() of a Buffer is, would keep the whole body alive.
  const bytes =
    seen.length > recordBytesMax ? new Uint8Array(seen.subarray(0, recordBytesMax)) : seen;
  return { bytes, bytesTotal };
}
