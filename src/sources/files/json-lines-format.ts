import { isRecord } from "../../model/is-record.ts";
import { exchangeOfLog } from "./access-log/exchange-of-log.ts";
import { tryReadJsonLog } from "./access-log/json-log.ts";
import type { FileFormat } from "./file-format.ts";
import { createLineScanner } from "./line-scanner.ts";
import { createSpanExchanges } from "./open-telemetry/span-exchanges.ts";
import { spansOfJson } from "./open-telemetry/spans-of-json.ts";
import { parseExchangeLine } from "./parse-exchange-line.ts";
import { createPieceReader } from "./piece-reader.ts";
import type { ReadResult } from "./read-result.ts";

/**
 * One JSON object a line: exchanges in Merlon's own format, entries of access logs in JSON, and
 * batches of OpenTelemetry spans, which may be mixed.
 */
export const jsonLines: FileFormat = {
  id: "jsonl",

  recognise: ({ text, isEnough }) => (text === "" && !isEnough ? undefined : true),

  open(options) {
    const { pieceBytesMax, now, host } = options;
    const spans = createSpanExchanges({ now });
    const parse = (text: string, { line }: { readonly line: number }): readonly ReadResult[] => {
      const value: unknown = JSON.parse(text);
      if (isRecord(value) && Array.isArray(value["resourceSpans"])) {
        return spans.push(spansOfJson(value), line);
      }
      const entry = isExchange(value) ? undefined : tryReadJsonLog(value);
      if (entry !== undefined) return [exchangeOfLog(entry, { line, now, host })];
      return [parseExchangeLine(value, { line, now })];
    };
    return createPieceReader(createLineScanner(pieceBytesMax), parse, () => spans.end());
  },
};

/** Logs of Kong and Caddy have a request too, but name its target `uri`. */
function isExchange(value: unknown): boolean {
  const request = isRecord(value) ? value["request"] : undefined;
  return isRecord(request) && request["uri"] === undefined;
}
