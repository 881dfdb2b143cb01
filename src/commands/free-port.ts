import { createServer } from "node:net";

/** The port when it is free on loopback, else 0, which takes any free one. */
export function freePortOr(port: number): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(0));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(port)));
  });
}
