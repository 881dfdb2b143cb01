import type { FileFormat } from "./file-format.ts";
import { HarScanner } from "./har-scanner.ts";
import { firstKeyOf, isPrintedOverLines, isUndecidedObject } from "./json-document.ts";
import { parseHarEntry } from "./parse-har-entry.ts";
import { createPieceReader } from "./piece-reader.ts";

/** HAR 1.2 as browsers, proxies and API clients export it; read entry by entry. */
export const har: FileFormat = {
  id: "har",

  recognise(head) {
    if (isUndecidedObject(head)) return undefined;
    return firstKeyOf(head) === "log" || isPrintedOverLines(head);
  },

  open: ({ pieceBytesMax, now }) =>
    createPieceReader(new HarScanner(pieceBytesMax), (text, at) => [
      parseHarEntry(JSON.parse(text), { ...at, now }),
    ]),
};
