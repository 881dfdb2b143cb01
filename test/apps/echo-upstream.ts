import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

/** What an API of many kinds of answers saw of a request. */
interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly rawTrailers: readonly string[];
  readonly aborted: boolean;
}

export interface EchoUpstream {
  readonly url: string;
  readonly port: number;
  readonly server: Server;
  readonly seen: readonly SeenRequest[];
  /** Resolves with the next request that ends or is given up. */
  next(): Promise<SeenRequest>;
  close(): Promise<void>;
}

/**
 * A real API for tests: the path chooses the kind of answer (`/big`, `/stream`, `/gzip`, `/trailers`,
 * `/status/404`, …); everything else is echoed with a digest of the body.
 */
export async function startEchoUpstream(
  answers: Readonly<
    Record<string, (request: IncomingMessage, response: ServerResponse) => void>
  > = {},
): Promise<EchoUpstream> {
  const seen: SeenRequest[] = [];
  const waiting: ((request: SeenRequest) => void)[] = [];
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const parts: Buffer[] = [];
    const note = (aborted: boolean): void => {
      const entry: SeenRequest = {
        method: request.method ?? "",
        url: request.url ?? "",
        rawHeaders: request.rawHeaders,
        body: Buffer.concat(parts),
        rawTrailers: request.rawTrailers,
        aborted,
      };
      seen.push(entry);
      waiting.shift()?.(entry);
    };
    const path = new URL(request.url ?? "/", "http://x").pathname;
    const answer = answers[path];
    request.on("error", () => {});
    response.on("error", () => {});
    response.on("close", () => {
      if (!request.complete || !response.writableFinished) note(true);
    });
    if (answer !== undefined) {
      request.on("end", () => note(false));
      answer(request, response);
      return;
    }
    request.on("data", (bytes: Buffer) => parts.push(bytes));
    request.on("end", () => {
      answerFor(path, request, Buffer.concat(parts), response);
      note(false);
    });
  });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    server,
    seen,
    next: () => new Promise((resolve) => waiting.push(resolve)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A body that no compression or encoding leaves alone by accident: every byte value, no pattern. */
export function bytesOf(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 12_345;
  for (let index = 0; index < length; index += 1) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    bytes[index] = state >>> 16;
  }
  return bytes;
}

function answerFor(
  path: string,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): void {
  const [, kind = "", argument = ""] = path.split("/");
  switch (kind) {
    case "big":
      response.writeHead(200, { "Content-Type": "application/octet-stream" });
      response.end(bytesOf(Number(argument)));
      break;
    case "sized":
      response.writeHead(200, { "Content-Length": argument, "X-Kind": "sized" });
      response.end(bytesOf(Number(argument)));
      break;
    case "gzip":
      response.writeHead(200, { "Content-Encoding": "gzip", "Content-Type": "application/json" });
      response.end(gzipSync(JSON.stringify({ argument, filler: "x".repeat(10_000) })));
      break;
    case "trailers":
      response.writeHead(200, { Trailer: "X-Sum" });
      response.write("part one, ");
      response.addTrailers([["X-Sum", "42"]]);
      response.end("part two");
      break;
    case "status":
      response.writeHead(
        Number(argument),
        "A Reason Of Its Own",
        [
          ["X-Twice", "1"],
          ["x-tWice", "2"],
          ["Set-Cookie", "a=1"],
          ["Set-Cookie", "b=2; Path=/"],
        ].flat(),
      );
      response.end(hasNoBody(Number(argument)) ? undefined : "body");
      break;
    default:
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end(
        JSON.stringify({
          method: request.method,
          url: request.url,
          bytes: body.length,
          digest: createHash("sha256").update(body).digest("hex"),
        }),
      );
  }
}

function hasNoBody(status: number): boolean {
  return status === 204 || status === 304;
}
