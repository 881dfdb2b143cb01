import type { Decision } from "../model/decision.ts";
import { type Exchange, type HttpRequest, type HttpResponse, urlOf } from "../model/exchange.ts";
import type { RecordedExchange, RecordedMessage } from "../model/recorded-exchange.ts";
import {
  type ReadBodyText,
  type RedactBodyOptions,
  readPlainText,
  redactBody,
} from "./redaction/redact-body.ts";
import { redactDetection } from "./redaction/redact-detection.ts";
import { redactHeaders } from "./redaction/redact-headers.ts";
import { redactUrl } from "./redaction/redact-url.ts";
import { createValueHider, type ValueHider } from "./redaction/value-hider.ts";

export interface RedactorOptions {
  /** The installation's secret; fingerprints of two installations cannot be compared. */
  readonly key: Uint8Array;
  /** Characters of a body that are recorded, 16,384 unless told. */
  readonly bodyCharactersMax?: number;
  /** Decompresses and decodes bodies; without it compressed bodies are not recorded. */
  readonly readBodyText?: ReadBodyText;
}

/** Turns what was observed into what may be written to disk. */
export interface Redactor {
  redactExchange(exchange: Exchange, endpointId?: string): RecordedExchange;
  redactDecision(decision: Decision): Decision;
}

const bodyCharactersMaxByDefault = 16_384;
/** A longer method is no method, and may be anything. */
const methodCharactersMax = 16;

export function createRedactor(options: RedactorOptions): Redactor {
  const hider = createValueHider(options.key);
  const bodyOptions: RedactBodyOptions = {
    hider,
    charactersMax: options.bodyCharactersMax ?? bodyCharactersMaxByDefault,
    readBodyText: options.readBodyText ?? readPlainText,
  };

  return {
    redactExchange(exchange, endpointId) {
      const { request, response, ...rest } = exchange;
      return {
        ...rest,
        ...(endpointId === undefined ? {} : { endpoint: endpointId }),
        request: {
          method: shortMethod(request.method, hider),
          url: redactUrl(urlOf(request), hider),
          httpVersion: request.httpVersion,
          ...messageOf(request, bodyOptions),
        },
        ...(response === undefined
          ? {}
          : { response: { status: response.status, ...messageOf(response, bodyOptions) } }),
      };
    },

    redactDecision(decision) {
      const { excepted } = decision;
      return {
        ...decision,
        method: shortMethod(decision.method, hider),
        host: hider.text(decision.host),
        path: redactUrl(decision.path, hider),
        detections: decision.detections.map((detection) => redactDetection(detection, hider)),
        verdicts: decision.verdicts.map((verdict) =>
          verdict.reason === undefined
            ? verdict
            : { ...verdict, reason: hider.text(verdict.reason) },
        ),
        ...(excepted === undefined
          ? {}
          : { excepted: excepted.map((detection) => redactDetection(detection, hider)) }),
      };
    },
  };
}

function messageOf(
  message: HttpRequest | HttpResponse,
  options: RedactBodyOptions,
): RecordedMessage {
  const body = redactBody(message.headers, message.body, options);
  return {
    headers: redactHeaders(message.headers, options.hider),
    ...(body === undefined ? {} : { body }),
    ...(message.body === undefined ? {} : { bodyBytesTotal: message.body.bytesTotal }),
  };
}

function shortMethod(method: string, hider: ValueHider): string {
  return hider.text(method).slice(0, methodCharactersMax);
}
