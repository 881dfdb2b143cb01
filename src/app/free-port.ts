import { createServer } from "node:net";
import { MerlonError } from "../model/merlon-error.ts";

/**
 * Rejects with ERR_LISTEN_FAILED when somebody else listens there. Workers share their port, and so
 * would a second Merlon that was started by mistake: each would silently get half of the traffic.
 */
export function requireFreePort(listen: {
  readonly address: string;
  readonly port: number;
}): Promise<void> {
  const { address, port } = listen;
  if (port === 0) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (cause) => {
      reject(
        new MerlonError(
          "ERR_LISTEN_FAILED",
          `cannot listen on ${address}:${port}: ${cause.message}`,
          {
            cause,
            fix: "Choose another port with --port, or stop what listens there.",
          },
        ),
      );
    });
    server.listen({ host: address, port, exclusive: true }, () => server.close(() => resolve()));
  });
}
