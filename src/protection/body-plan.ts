import { bodyKindOf } from "../http/body-kind.ts";
import { headerOf, mediaTypeOf, type RequestHead, type ResponseHead } from "../model/exchange.ts";
import type { BodyPlan } from "./guard.ts";
import type { Plan } from "./plan.ts";

/** How much of a body is inspected and kept. */
export interface BodyLimits {
  /** Request bodies of a kind that can be read are inspected up to here. */
  readonly inspectionBytesMax: number;
  /** Of other kinds only a beginning is looked at: enough to notice a mislabelled text. */
  readonly sniffBytesMax: number;
  /** What is kept of a textual body for the record. */
  readonly recordBytesMax: number;
}

/** 1 MiB inspected, 4 KiB sniffed, 64 KiB recorded. */
export const defaultBodyLimits: BodyLimits = {
  inspectionBytesMax: 1_048_576,
  sniffBytesMax: 4_096,
  recordBytesMax: 65_536,
};

const skip: BodyPlan = { treatment: "skip", bytesMax: 0 };

/** What the source does with the request body under this plan. */
export function requestBodyPlanOf(
  head: RequestHead,
  plan: Pick<Plan, "requestBody">,
  limits: BodyLimits,
): BodyPlan {
  if (!hasBody(head)) return skip;
  const mediaType = mediaTypeOf(head.headers);
  if (bodyKindOf(mediaType) === "media") return skip;
  // Holding back the first bytes of a call that streams both ways would stop it for good.
  if (mediaType?.startsWith("application/grpc")) return skip;

  const isEnforced = plan.requestBody.some(({ mode }) => mode === "enforce");
  return {
    treatment: isEnforced ? "hold" : "tap",
    bytesMax: isOpaque(mediaType) ? limits.sniffBytesMax : limits.inspectionBytesMax,
  };
}

/** What the source does with the response body under this plan. */
export function responseBodyPlanOf(
  request: RequestHead,
  response: ResponseHead,
  plan: Pick<Plan, "responseBody">,
  limits: BodyLimits,
): BodyPlan {
  const mediaType = mediaTypeOf(response.headers);
  const isEmpty =
    request.method === "HEAD" ||
    response.status < 200 ||
    response.status === 204 ||
    response.status === 304;
  if (isEmpty || mediaType === undefined || !isTextual(mediaType)) return skip;

  const isEnforced = plan.responseBody.some(
    ({ mode, protection }) => mode === "enforce" && protection.watchesResponses !== true,
  );
  // A stream of events never ends: held back, it would never begin.
  return isEnforced && mediaType !== "text/event-stream"
    ? { treatment: "hold", bytesMax: limits.inspectionBytesMax }
    : { treatment: "tap", bytesMax: limits.recordBytesMax };
}

/** Formats that hide their texts from a reader of plain bytes, whatever `bodyKindOf` makes of them. */
const opaqueTypes: readonly string[] = [
  "application/octet-stream",
  "application/wasm",
  "application/x-7z-compressed",
  "application/x-gzip",
  "application/x-tar",
  "application/vnd.openxmlformats-",
  "application/vnd.ms-",
];

/**
 * Whether a body of this media type is text worth recording. A missing or unknown type counts as
 * text: many servers parse such a body all the same.
 */
export function isTextual(mediaType: string | undefined): boolean {
  const kind = bodyKindOf(mediaType);
  return kind !== "media" && kind !== "binary" && !isOpaque(mediaType);
}

function isOpaque(mediaType: string | undefined): boolean {
  return mediaType !== undefined && opaqueTypes.some((type) => mediaType.startsWith(type));
}

function hasBody({ httpVersion, headers }: RequestHead): boolean {
  const length = headerOf(headers, "content-length");
  if (length !== undefined) return length !== "0";
  if (headerOf(headers, "transfer-encoding") !== undefined) return true;
  // HTTP/2 frames a body without saying so in the head, even below a GET.
  return httpVersion.startsWith("2");
}
