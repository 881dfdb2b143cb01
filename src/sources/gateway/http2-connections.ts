import {
  createServer,
  type Http2Server,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from "node:http2";
import type { TLSSocket } from "node:tls";
import { clientCertificateOf } from "./client-certificate.ts";
import type { GatewayRuntime } from "./gateway-runtime.ts";
import { Http2Stream } from "./http2-stream.ts";
import { createPeer, type Peer } from "./peer.ts";

/** The HTTP/2 connections of one worker. */
export class Http2Connections {
  readonly #runtime: GatewayRuntime;
  readonly #server: Http2Server;
  readonly #sessions = new Set<ServerHttp2Session>();

  constructor(runtime: GatewayRuntime, onGone: () => void) {
    const { limits } = runtime.settings;
    this.#runtime = runtime;
    this.#server = createServer({
      settings: {
        maxConcurrentStreams: limits.streamsPerConnectionMax,
        maxHeaderListSize: limits.headerBytesMax,
        enableConnectProtocol: false,
      },
      // Streams opened and reset at once cost more than they bring (rapid reset).
      maxSessionInvalidFrames: 100,
      streamResetBurst: 200,
      streamResetRate: 50,
    });
    this.#server.on("session", (session) => this.#begin(session, onGone));
    this.#server.on("sessionError", () => {});
  }

  get size(): number {
    return this.#sessions.size;
  }

  serve(socket: TLSSocket): void {
    this.#server.emit("connection", socket);
  }

  /** Tells clients to open no new stream; a session ends with its last one. */
  drain(): void {
    for (const session of this.#sessions) session.close();
  }

  destroy(): void {
    for (const session of this.#sessions) session.destroy();
  }

  #begin(session: ServerHttp2Session, onGone: () => void): void {
    this.#sessions.add(session);
    const peer: Peer = createPeer({
      remoteAddress: session.socket.remoteAddress,
      scheme: "https",
      isTrusted: this.#runtime.settings.isTrusted,
      clientCertificate: clientCertificateOf(session.socket),
    });
    // Streams under way end on their own, with deadlines of their own.
    session.setTimeout(this.#runtime.settings.timeouts.idleMs, () => session.close());
    session.on("stream", (stream: ServerHttp2Stream, _headers, flags, rawHeaders) => {
      Http2Stream.serve(this.#runtime, stream, { rawHeaders: rawHeaders ?? [], flags, peer });
    });
    session.on("error", () => {});
    session.on("close", () => {
      this.#sessions.delete(session);
      onGone();
    });
  }
}
