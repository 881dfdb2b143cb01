import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Socket } from "node:net";
import { Duplex } from "node:stream";

interface ReadByUpstream {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

export interface RecordingUpstream {
  readonly url: string;
  /** The bytes of each connection, in order of connecting. */
  readonly connections: readonly Buffer[];
  /** What a lenient HTTP server makes of the same bytes. */
  readonly requests: readonly ReadByUpstream[];
  reset(): void;
  close(): Promise<void>;
}

/**
 * An upstream that keeps what came over the wire and answers with what a deliberately lenient
 * server reads in it: the reader that request smuggling needs.
 */
export async function startRecordingUpstream(): Promise<RecordingUpstream> {
  let connections: Buffer[] = [];
  let requests: ReadByUpstream[] = [];
  const sockets = new Set<Socket>();
  const http = createHttpServer({ insecureHTTPParser: true }, (request, response) => {
    const parts: Buffer[] = [];
    request.on("error", () => {});
    request.on("data", (bytes: Buffer) => parts.push(bytes));
    request.on("end", () => {
      requests.push({
        method: request.method ?? "",
        url: request.url ?? "",
        body: Buffer.concat(parts).toString("latin1"),
      });
      response.end("seen");
    });
  });
  http.on("clientError", (_error, socket) => socket.destroy());
  const tcp = createTcpServer((socket) => {
    const index = connections.push(Buffer.alloc(0)) - 1;
    const mine = connections;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    http.emit(
      "connection",
      tapped(socket, (bytes) => {
        mine[index] = Buffer.concat([mine[index] ?? Buffer.alloc(0), bytes]);
      }),
    );
  });
  const port = await new Promise<number>((resolve) => {
    tcp.listen(0, "127.0.0.1", () => resolve((tcp.address() as AddressInfo).port));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    get connections() {
      return connections;
    },
    get requests() {
      return requests;
    },
    reset() {
      connections = [];
      requests = [];
      for (const socket of sockets) socket.destroy();
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        tcp.close(() => resolve());
      }),
  };
}

/** The same connection, with everything that is read also told. */
function tapped(socket: Socket, onBytes: (bytes: Buffer) => void): Duplex {
  const duplex = new Duplex({
    read: () => socket.resume(),
    write: (chunk: Buffer, _encoding, done) => socket.write(chunk, done),
    final: (done) => socket.end(done),
    destroy: (error, done) => {
      socket.destroy();
      done(error);
    },
  });
  socket.on("data", (bytes: Buffer) => {
    onBytes(bytes);
    if (!duplex.push(bytes)) socket.pause();
  });
  socket.on("end", () => duplex.push(null));
  socket.on("close", () => duplex.destroy());
  return duplex;
}
