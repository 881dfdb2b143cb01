import { StringDecoder } from "node:string_decoder";
import { SaxesParser } from "saxes";
import type { ExchangeReader, ReaderOptions } from "../exchange-reader.ts";
import type { FileFormat } from "../file-format.ts";
import { Unreadable } from "../json-value.ts";
import type { ReadResult } from "../read-result.ts";
import { type BurpItem, exchangeOfBurpItem } from "./burp-item.ts";

/** Faults in the XML after which it is not read on. */
const faultsMax = 20;
const depthMax = 64;

/** What Burp Suite writes with "Save items": XML with requests and responses as they were. */
export const burp: FileFormat = {
  id: "burp",

  recognise({ text, isEnough }) {
    if (!text.startsWith("<")) return text === "" && !isEnough ? undefined : false;
    if (/<items[\s>]/.test(text)) return true;
    return isEnough || text.length > 8_192 ? false : undefined;
  },

  open: (options) => createBurpReader(options),
};

function createBurpReader({ pieceBytesMax, now }: ReaderOptions): ExchangeReader {
  let results: ReadResult[] = [];
  let faults = 0;
  let number = 0;
  const path: string[] = [];
  let item: { line: number; bytes: number; readonly fields: BurpItem } | undefined;
  const parser = new SaxesParser({ xmlns: false });
  const decoder = new StringDecoder("utf8");

  parser.on("error", () => {
    faults += 1;
    if (faults <= faultsMax) results.push({ problem: "not well-formed XML", line: parser.line });
  });
  parser.on("opentag", ({ name, attributes }) => {
    path.push(name);
    if (path.length === 2 && name === "item") {
      item = { line: parser.line, bytes: 0, fields: new Map() };
    } else if (path.length === 3) {
      item?.fields.set(name, { text: "", isBase64: attributes["base64"] === "true" });
    }
  });
  const addText = (text: string): void => {
    const field = path.length === 3 ? item?.fields.get(path[2] ?? "") : undefined;
    if (item === undefined || field === undefined) return;
    item.bytes += text.length;
    if (item.bytes <= pieceBytesMax) field.text += text;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    path.pop();
    if (path.length !== 1 || item === undefined) return;
    number += 1;
    results.push(resultOf(item, { number, now, pieceBytesMax }));
    item = undefined;
  });

  const take = (text: string): readonly ReadResult[] => {
    if (faults > faultsMax || path.length > depthMax) return [];
    parser.write(text);
    const taken = results;
    results = [];
    return taken;
  };
  return {
    push: (chunk) => take(decoder.write(chunk)),
    *end() {
      yield* take(decoder.end());
      if (path.length > 0) yield { problem: "the file ends in the middle", line: parser.line };
    },
  };
}

function resultOf(
  item: { readonly line: number; readonly bytes: number; readonly fields: BurpItem },
  options: { readonly number: number; readonly now: () => number; readonly pieceBytesMax: number },
): ReadResult {
  const { line, bytes, fields } = item;
  const { pieceBytesMax } = options;
  if (bytes > pieceBytesMax) {
    return { problem: `${bytes} bytes long, over the limit of ${pieceBytesMax}`, line };
  }
  try {
    return { exchange: exchangeOfBurpItem(fields, options), line };
  } catch (cause) {
    if (cause instanceof Unreadable) return { problem: cause.message, line };
    throw cause;
  }
}
