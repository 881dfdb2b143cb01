import { bodyKindOf } from "../../http/body-kind.ts";
import { headerOf, mediaTypeOf } from "../../model/exchange.ts";
import { allow, block, type Verdict } from "../../model/verdict.ts";
import type { ExchangeContext, Protection } from "../protection.ts";
import { defineProtection, type ProtectionFactory } from "./protection-definition.ts";
import { type RequestLimitsOptions, requestLimitsOptions } from "./request-limits-options.ts";

/** Refuses requests beyond sizes and depths that honest clients need, and bodies nobody can read. */
export const requestLimits: ProtectionFactory = defineProtection<RequestLimitsOptions>({
  id: "request-limits",
  summary:
    "Refuses requests with an oversized URL, header or body, and bodies that cannot be inspected in full.",
  options: requestLimitsOptions,

  create(options): Protection {
    return {
      id: requestLimits.id,
      summary: requestLimits.summary,
      onRequestHeaders: (context) => judgeHead(context, options),
      onRequestBody: (context) => judgeBody(context, options),
    };
  },
});

function judgeHead(context: ExchangeContext, limits: RequestLimitsOptions): Verdict {
  const head = context.request;
  const urlBytes = head.path.length + (head.query === "" ? 0 : head.query.length + 1);
  if (urlBytes > limits.urlBytesMax) {
    return block({ status: 414, reason: over("URL", urlBytes, limits.urlBytesMax, "bytes") });
  }
  if (head.headers.length > limits.headersMax) {
    const reason = over("headers", head.headers.length, limits.headersMax, "fields");
    return block({ status: 431, reason });
  }
  let headerBytes = 0;
  for (const [name, value] of head.headers) headerBytes += name.length + value.length;
  if (headerBytes > limits.headerBytesMax) {
    const reason = over("headers", headerBytes, limits.headerBytesMax, "bytes");
    return block({ status: 431, reason });
  }
  const bodyBytes = Number(headerOf(head.headers, "content-length") ?? 0);
  if (bodyBytes > limits.bodyBytesMax) {
    return block({ status: 413, reason: over("body", bodyBytes, limits.bodyBytesMax, "bytes") });
  }
  if (context.headAnomalies.includes("too-many-fields")) {
    return block({ status: 414, reason: "more parameters than are inspected" });
  }
  return allow;
}

function judgeBody(context: ExchangeContext, limits: RequestLimitsOptions): Verdict {
  const body = context.requestBody;
  if (body === undefined || body.bytes.length === 0) return allow;

  if (!body.complete) {
    if (limits.uninspectedBody === "allow" || !isReadWhole(context)) return allow;
    const reason = `body longer than the ${body.bytes.length} bytes that are inspected`;
    return block({ status: 413, reason });
  }
  if (limits.unreadableBody === "allow") return allow;
  for (const anomaly of context.bodyAnomalies) {
    const status = statusOfAnomaly(anomaly, mediaTypeOf(context.request.headers));
    if (status === undefined) continue;
    return block({ status, reason: `body cannot be inspected in full: ${anomaly}` });
  }
  return allow;
}

/** What hides a part of the body from inspection; other anomalies were read all the same. */
const statuses: Readonly<Record<string, number>> = {
  "broken-compression": 400,
  "expands-too-far": 413,
  "json-too-deep": 400,
  "multipart-boundary-mismatch": 400,
  "too-many-content-encodings": 415,
  "too-many-fields": 413,
  "too-many-parts": 413,
  "unknown-charset": 415,
  "unknown-content-encoding": 415,
  "xml-entities-expand-too-far": 400,
};

/** Broken text is refused only where it claims a grammar; as plain text it may be whatever it likes. */
const grammars: Readonly<Record<string, readonly string[]>> = {
  "broken-json": ["application/json", "+json"],
  "truncated-json": ["application/json", "+json"],
  "broken-xml": ["application/xml", "text/xml", "+xml"],
};

function isGrammar(mediaType: string, anomaly: string): boolean {
  return grammars[anomaly]?.some((suffix) => mediaType.endsWith(suffix)) ?? false;
}

function statusOfAnomaly(anomaly: string, mediaType = ""): number | undefined {
  return isGrammar(mediaType, anomaly) ? 400 : statuses[anomaly];
}

/** A document that is parsed as one has no honest reason to be longer; an upload or a log has. */
const wholeKinds: ReadonlySet<string> = new Set(["json", "form", "graphql"]);

function isReadWhole({ request, requestBodyInspectable }: ExchangeContext): boolean {
  const mediaType = mediaTypeOf(request.headers);
  if (!requestBodyInspectable || mediaType === undefined) return false;
  return wholeKinds.has(bodyKindOf(mediaType)) || isGrammar(mediaType, "broken-xml");
}

function over(what: string, actual: number, max: number, unit: string): string {
  return `${what}: ${actual} ${unit}, ${max} allowed`;
}
