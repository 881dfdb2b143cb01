import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { DatabaseSync } from "node:sqlite";
import { createDatabase } from "./database.ts";
import { graphqlRoute } from "./graphql-route.ts";
import { legacyRoutes } from "./legacy-routes.ts";
import { problem, type Route, readBody, send } from "./route.ts";
import { shopRoutes } from "./shop-routes.ts";
import { soapRoute } from "./soap-route.ts";
import { createTokens } from "./tokens.ts";

export interface ShopOptions {
  /** Database file; in memory when missing. */
  readonly file?: string;
  /**
   * The legacy label printer really runs `/bin/sh`. So that no page in a browser on this machine can
   * turn that against its owner, it does so only for requests whose `x-lab-key` header says this.
   */
  readonly labKey?: string;
}

export interface Shop {
  readonly database: DatabaseSync;
  readonly server: Server;
  /** Listens on loopback only and gives the origin, such as `http://127.0.0.1:3000`. */
  listen(port: number): Promise<string>;
  close(): Promise<void>;
}

/** A small shop API with a handful of real vulnerabilities; see README.md beside this file. */
export function createShop(options: ShopOptions = {}): Shop {
  const database = createDatabase(options.file);
  const tokens = createTokens();
  const routes: readonly Route[] = [
    ...shopRoutes(database, tokens),
    ...legacyRoutes(database, options.labKey),
    graphqlRoute(database),
    soapRoute(database),
  ];
  const server = createServer((message, response) => {
    const url = new URL(message.url ?? "/", "http://shop.local");
    const found = routes.find(
      (route) => route.method === message.method && route.path.test(url.pathname),
    );
    if (found === undefined) return send(response, problem(404, "Not Found"));

    readBody(message)
      .then((body) =>
        found.answer({
          headers: message.headers,
          query: url.searchParams,
          params: found.path.exec(url.pathname)?.slice(1) ?? [],
          body,
        }),
      )
      .then((answer) => send(response, answer))
      // A verbose error, on purpose: it is one of the findings to be made.
      .catch((error: Error) =>
        send(response, { status: 500, body: { error: error.message, stack: error.stack } }),
      );
  });

  return {
    database,
    server,
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, "127.0.0.1", () => {
          resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          database.close();
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
