import { connect, type Socket } from "node:net";

/*
 * Forked by the test of slow connections, so that the clients' ends are files of another process:
 * `open N connections to PORT`, each with half a request; then `drip` a byte on each, or `close`.
 */

export type ToSlowClients =
  | { readonly do: "open"; readonly port: number; readonly connections: number }
  | { readonly do: "drip" }
  | { readonly do: "close" };

const halves = ["GET / HTTP/1.1\r\nHost: a\r\nX-", "POST /x HTTP/1.1\r\n"] as const;
const sockets: Socket[] = [];

process.on("message", (message: ToSlowClients) => {
  void obey(message).then(() => process.send?.("done"));
});

async function obey(message: ToSlowClients): Promise<void> {
  if (message.do === "open") await open(message.port, message.connections);
  else if (message.do === "drip") for (const socket of sockets) socket.write("y");
  else for (const socket of sockets) socket.destroy();
}

async function open(port: number, connections: number): Promise<void> {
  for (let index = 0; index < connections; index += 1) {
    const socket = connect(port, "127.0.0.1");
    await new Promise((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("error", reject);
    });
    // What the gateway does to a connection later is for the test to see, not for this process.
    socket.on("error", () => undefined);
    socket.write(halves[index % 2] ?? halves[0]);
    sockets.push(socket);
  }
}
