import type { Header, RequestHead } from "../../model/exchange.ts";
import { headerOf } from "../../model/exchange.ts";

export type UrlParts = Pick<RequestHead, "scheme" | "authority" | "path" | "query">;

/**
 * Splits a URL without normalising anything: what a client sent must reach detection as sent.
 * A URL that is only a path takes its authority from the Host header.
 */
export function trySplitUrl(url: string, headers: readonly Header[]): UrlParts | undefined {
  const schemeEnd = url.indexOf("://");
  const scheme = schemeEnd < 0 ? undefined : schemeOf(url.slice(0, schemeEnd));
  if (scheme === undefined) {
    if (url !== "*" && !url.startsWith("/")) return undefined;
    return { scheme: "http", authority: headerOf(headers, "host") ?? "", ...splitTarget(url) };
  }
  const rest = url.slice(schemeEnd + 3);
  const end = firstOf(rest, "/?#");
  const authority = rest.slice(0, end);
  if (authority === "") return undefined;
  const userEnd = authority.lastIndexOf("@");
  const target = rest.slice(end);
  return {
    scheme,
    authority: authority.slice(userEnd + 1),
    ...splitTarget(target.startsWith("/") ? target : `/${target}`),
  };
}

function schemeOf(text: string): "http" | "https" | undefined {
  const scheme = text.toLowerCase();
  if (scheme === "http" || scheme === "ws") return "http";
  return scheme === "https" || scheme === "wss" ? "https" : undefined;
}

function splitTarget(target: string): { path: string; query: string } {
  const mark = target.indexOf("?");
  return mark < 0
    ? { path: target, query: "" }
    : { path: target.slice(0, mark), query: target.slice(mark + 1) };
}

function firstOf(text: string, characters: string): number {
  for (let at = 0; at < text.length; at += 1) if (characters.includes(text[at] ?? "")) return at;
  return text.length;
}
