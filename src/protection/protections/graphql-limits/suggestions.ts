import { decodedBodyOf } from "../../../http/decompression.ts";
import { textOf } from "../../../http/text-decoding.ts";
import type { Header } from "../../../model/exchange.ts";
import { isRecord } from "../../../model/is-record.ts";

const expandedBytesMax = 4_194_304;
const mark = "Did you mean";

/** The errors of a GraphQL response that suggest names, and the response without what they suggest. */
export function suggestionsIn(
  headers: readonly Header[],
  bytes: Uint8Array,
): { readonly without: Uint8Array } | undefined {
  const text = textOf(headers, decodedBodyOf(headers, bytes, expandedBytesMax).bytes);
  if (!text.includes(mark)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const responses = Array.isArray(value) ? value : [value];
  if (!responses.some(hasSuggestion)) return undefined;
  const cleaned: unknown[] = responses.map(withoutSuggestions);
  const whole = Array.isArray(value) ? cleaned : cleaned[0];
  return { without: Buffer.from(JSON.stringify(whole)) };
}

function errorsOf(response: unknown): readonly unknown[] {
  const errors = isRecord(response) ? response["errors"] : undefined;
  return Array.isArray(errors) ? errors : [];
}

function hasSuggestion(response: unknown): boolean {
  return errorsOf(response).some((error) => messageOf(error)?.includes(mark) === true);
}

function messageOf(error: unknown): string | undefined {
  const message = isRecord(error) ? error["message"] : undefined;
  return typeof message === "string" ? message : undefined;
}

function withoutSuggestions(response: unknown): unknown {
  if (!isRecord(response) || !hasSuggestion(response)) return response;
  const errors = errorsOf(response).map((error) => {
    const message = messageOf(error);
    if (!isRecord(error) || message === undefined) return error;
    const at = message.indexOf(mark);
    return at < 0 ? error : { ...error, message: message.slice(0, at).trimEnd() };
  });
  return { ...response, errors };
}
