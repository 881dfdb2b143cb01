import type { Exchange, HttpResponse } from "../../../model/exchange.ts";
import { requestLineOf } from "../access-log/log-values.ts";
import { decodeBase64, statusOf, Unreadable } from "../json-value.ts";
import { trySplitUrl } from "../split-url.ts";
import { readRawMessage } from "./raw-message.ts";

/** The elements of an item by name. */
export type BurpItem = Map<string, { text: string; readonly isBase64: boolean }>;

/** Reads one saved item; throws `Unreadable` when it has no request. */
export function exchangeOfBurpItem(
  item: BurpItem,
  { number, now }: { readonly number: number; readonly now: () => number },
): Exchange {
  const saved = bytesOf(item, "request");
  if (saved === undefined) throw new Unreadable("the item has no request");
  const { firstLine, headers, body } = readRawMessage(saved);
  const request = requestLineOf(firstLine);
  if (request === undefined) throw new Unreadable("the item's request has no request line");
  const url = trySplitUrl(item.get("url")?.text ?? "", []);
  const parts = trySplitUrl(
    request.target,
    url === undefined ? headers : [["host", url.authority]],
  );
  if (parts === undefined) throw new Unreadable("the item's request has no path");
  const response = responseOf(item);
  const time = Date.parse(item.get("time")?.text ?? "");
  return {
    id: `item-${number}`,
    timeMs: Number.isNaN(time) ? now() : time,
    client: "unknown",
    request: {
      method: request.method,
      ...parts,
      scheme: item.get("protocol")?.text === "https" ? "https" : (url?.scheme ?? parts.scheme),
      httpVersion: request.httpVersion ?? "1.1",
      headers,
      ...(body === undefined ? {} : { body }),
    },
    ...(response === undefined ? {} : { response }),
  };
}

function bytesOf(item: BurpItem, name: string): Buffer | undefined {
  const element = item.get(name);
  if (element === undefined || element.text === "") return undefined;
  if (!element.isBase64) return Buffer.from(element.text, "utf8");
  return Buffer.from(decodeBase64(element.text, `the ${name}`));
}

function responseOf(item: BurpItem): HttpResponse | undefined {
  const saved = bytesOf(item, "response");
  if (saved === undefined) return undefined;
  const { firstLine, headers, body } = readRawMessage(saved);
  const status = statusOf(Number(/^HTTP\/\d(?:\.\d)? (\d{3})/.exec(firstLine)?.[1]));
  if (status === undefined) return undefined;
  return { status, headers, ...(body === undefined ? {} : { body }) };
}
