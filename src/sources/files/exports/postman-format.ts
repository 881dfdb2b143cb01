import { createDocumentScanner } from "../document-scanner.ts";
import type { FileFormat } from "../file-format.ts";
import { firstKeyOf, isUndecidedObject } from "../json-document.ts";
import { createPieceReader } from "../piece-reader.ts";
import { exchangesOfCollection } from "./postman-collection.ts";

/** Postman collections 2.0 and 2.1: each request, with each answer that was saved to it. */
export const postman: FileFormat = {
  id: "postman",

  recognise(head) {
    if (isUndecidedObject(head)) return undefined;
    const key = firstKeyOf(head);
    if (key === "collection") return head.text.includes('"info"');
    if (key !== "info" && key !== "item") return false;
    return /"_postman_id"|schema\.getpostman\.com|"item"/.test(head.text) ? true : head.isEnough;
  },

  open: ({ pieceBytesMax, now }) =>
    createPieceReader(createDocumentScanner(pieceBytesMax), (text) =>
      exchangesOfCollection(JSON.parse(text), { now }),
    ),
};
