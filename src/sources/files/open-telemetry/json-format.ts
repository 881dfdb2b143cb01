import { createDocumentScanner } from "../document-scanner.ts";
import type { FileFormat } from "../file-format.ts";
import { firstKeyOf, isPrintedOverLines, isUndecidedObject } from "../json-document.ts";
import { objectOf } from "../json-value.ts";
import { createPieceReader } from "../piece-reader.ts";
import { createSpanExchanges } from "./span-exchanges.ts";
import { spansOfJson } from "./spans-of-json.ts";

/** One batch of OpenTelemetry spans in OTLP/JSON, printed over several lines; one a line is read as JSON lines. */
export const openTelemetryJson: FileFormat = {
  id: "otlp-json",

  recognise(head) {
    if (isUndecidedObject(head)) return undefined;
    return firstKeyOf(head) === "resourceSpans" && isPrintedOverLines(head);
  },

  open({ pieceBytesMax, now }) {
    const spans = createSpanExchanges({ now });
    return createPieceReader(
      createDocumentScanner(pieceBytesMax),
      (text, { line }) => spans.push(spansOfJson(objectOf(JSON.parse(text), "the document")), line),
      () => spans.end(),
    );
  },
};
