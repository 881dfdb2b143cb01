import { headerOf, mediaTypeOf } from "../../../model/exchange.ts";
import type { ExchangeContext } from "../../protection.ts";

/** Longer answers are not read; what they give is learned when it is used. */
const answerBytesMax = 65_536;

/** What an answer says in JSON, with the address of something created; undefined when there is none. */
export function answerOf({ response, responseBody }: ExchangeContext): unknown {
  if (response === undefined) return undefined;
  const location = createdIdOf(headerOf(response.headers, "location"));
  return location === undefined
    ? jsonOf(response.headers, responseBody)
    : [{ id: location }, jsonOf(response.headers, responseBody)];
}

function jsonOf(
  headers: Parameters<typeof mediaTypeOf>[0],
  body: ExchangeContext["responseBody"],
): unknown {
  const mediaType = mediaTypeOf(headers) ?? "";
  const isJson = mediaType === "application/json" || mediaType.endsWith("+json");
  if (!isJson || body?.complete !== true || body.bytes.length > answerBytesMax) return undefined;
  // A compressed answer is left alone: inflating every one would cost more than it teaches.
  if (headerOf(headers, "content-encoding") !== undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(body.bytes).toString("utf8"));
  } catch {
    return undefined;
  }
}

/** `/orders/12` → `12` (RFC 9110 section 10.2.2). */
function createdIdOf(location: string | undefined): string | undefined {
  const path = location?.split(/[?#]/, 1)[0];
  const last = path?.split("/").at(-1);
  return last === undefined || last === "" ? undefined : last;
}
