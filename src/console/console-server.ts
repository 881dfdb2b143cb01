import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { MerlonError } from "../model/merlon-error.ts";
import { ConsoleHandler, type ConsoleParts } from "./console-handler.ts";

export interface ConsoleOptions extends ConsoleParts {
  readonly tls?: { readonly cert: string | Buffer; readonly key: string | Buffer };
}

export interface ConsoleServer {
  /** Listens and tells where; port 0 takes a free one. Rejects with ERR_LISTEN_FAILED. */
  listen(
    address: string,
    port: number,
  ): Promise<{ readonly address: string; readonly port: number }>;
  /** Ends streams and open requests, and resolves when the port is free. */
  close(): Promise<void>;
}

const headBytesMax = 16 * 1024;
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
const connectionsMax = 512;

/** Creates the HTTP server of the console: API, pages, health, and metrics. */
export function createConsole(options: ConsoleOptions): ConsoleServer {
  const { tls } = options;
  const limits = {
    maxHeaderSize: headBytesMax,
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
  };
  const server = tls === undefined ? createServer(limits) : createTlsServer({ ...limits, ...tls });
  server.maxConnections = connectionsMax;
  const handler = new ConsoleHandler(options);
  server.on("request", (message, response) => handler.answer(message, response));

  return {
    async listen(address, port) {
      await listening(server, address, port);
      const bound = server.address() as AddressInfo;
      return { address: bound.address, port: bound.port };
    },

    async close() {
      handler.close();
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function listening(server: Server, address: string, port: number): Promise<void> {
  try {
    server.listen(port, address);
    await once(server, "listening");
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new MerlonError("ERR_LISTEN_FAILED", `console on ${address}:${port}: ${reason}`, {
      fix: "choose another address or port for the console",
      cause: error,
    });
  }
}
