import { informationLeaksIn } from "../../detection/detectors/information-leak/information-leak.ts";
import { decodedBodyOf } from "../../http/decompression.ts";
import { readText } from "../../http/text-decoding.ts";
import { isAtLeast } from "../../model/detection.ts";
import { headerOf, mediaTypeOf, type ResponseHead } from "../../model/exchange.ts";
import { allow, block, type Verdict } from "../../model/verdict.ts";
import type { ExchangeContext, Protection } from "../protection.ts";
import { type LeakProtectionOptions, leakProtectionOptions } from "./leak-protection-options.ts";
import { defineProtection, type ProtectionFactory } from "./protection-definition.ts";

/** Withholds responses that tell a client about the inside of the server; the client gets a neutral 502. */
export const leakProtection: ProtectionFactory = defineProtection<LeakProtectionOptions>({
  id: "leak-protection",
  summary:
    "Looks for what responses give away: errors of databases, stack traces, source code, folder listings, credentials, system files.",
  options: leakProtectionOptions,

  create({ confidenceMin, textBytesMax }): Protection {
    return {
      id: leakProtection.id,
      summary: leakProtection.summary,
      onResponseBody(context) {
        const { response, responseBody } = context;
        if (response === undefined || responseBody === undefined) return allow;
        const text = textOf(response, responseBody.bytes, textBytesMax);
        return judge(context, response, text, confidenceMin);
      },
    };
  },
});

function judge(
  context: ExchangeContext,
  response: ResponseHead,
  text: string,
  confidenceMin: LeakProtectionOptions["confidenceMin"],
): Verdict {
  const facts = { status: response.status, mediaType: mediaTypeOf(response.headers) };
  const found = informationLeaksIn(text, facts);
  if (found.length === 0) return allow;
  const detections = context.countedDetections(found);
  const [first] = detections.filter(({ confidence }) => isAtLeast(confidence, confidenceMin));
  if (first === undefined) return detections.length === 0 ? allow : { action: "allow", detections };
  const kind = first.name.slice(first.name.indexOf(".") + 1);
  return block({ status: 502, reason: `the response gives away: ${kind}`, detections });
}

function textOf({ headers }: ResponseHead, bytes: Uint8Array, bytesMax: number): string {
  const decoded = decodedBodyOf(headers, bytes, bytesMax).bytes;
  return readText(headerOf(headers, "content-type"), decoded.subarray(0, bytesMax)).text;
}
