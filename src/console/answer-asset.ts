import type { IncomingMessage, ServerResponse } from "node:http";
import { Problem } from "./problem.ts";
import type { Asset } from "./static-assets.ts";

const notBuilt =
  "The console's pages are not built. Run `npm run prepare`; the API and /metrics work without.\n";

/** Answers with a file, or with the one page that shows every path of the console. */
export function answerAsset(
  message: IncomingMessage,
  response: ServerResponse,
  path: string,
  assets: ReadonlyMap<string, Asset>,
): void {
  if (message.method !== "GET" && message.method !== "HEAD") {
    throw new Problem(405, "The resource has no such method.", { allow: "GET, HEAD" });
  }
  const asset = assets.get(path) ?? (isPage(path) ? assets.get("/index.html") : undefined);
  if (asset === undefined) {
    if (assets.size > 0) throw new Problem(404, "There is no such file.");
    response.writeHead(503, { "content-type": "text/plain; charset=utf-8" }).end(notBuilt);
    return;
  }
  send(asset, message, response);
}

/** A path of the page's own router: the last segment is no file name. */
function isPage(path: string): boolean {
  return !path.startsWith("/assets/") && !path.slice(path.lastIndexOf("/")).includes(".");
}

function send(asset: Asset, message: IncomingMessage, response: ServerResponse): void {
  const isPageItself = asset.type.startsWith("text/html");
  response.setHeader("content-type", asset.type);
  response.setHeader("vary", "accept-encoding");
  response.setHeader("etag", asset.etag);
  response.setHeader(
    "cache-control",
    isPageItself
      ? "no-store"
      : asset.immutable
        ? "public, max-age=31536000, immutable"
        : "no-cache",
  );
  if (!isPageItself && message.headers["if-none-match"] === asset.etag) {
    response.writeHead(304).end();
    return;
  }
  const takesGzip = /\bgzip\b/.test(String(message.headers["accept-encoding"] ?? ""));
  const bytes = takesGzip ? (asset.gzipBytes ?? asset.bytes) : asset.bytes;
  if (bytes === asset.gzipBytes) response.setHeader("content-encoding", "gzip");
  response.setHeader("content-length", bytes.length);
  response.writeHead(200).end(message.method === "HEAD" ? undefined : bytes);
}
