import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from "node:net";
import {
  createServer as createTlsServer,
  type TLSSocket,
  type Server as TlsServer,
} from "node:tls";
import { MerlonError } from "../../model/merlon-error.ts";
import type { Guard } from "../../protection/guard.ts";
import { createTrust } from "./client-address.ts";
import { clientCertificateOf } from "./client-certificate.ts";
import { Deadlines } from "./deadlines.ts";
import type { GatewayCounters } from "./gateway-counters.ts";
import type { GatewayOptions } from "./gateway-options.ts";
import type { GatewayRuntime, GatewaySettings } from "./gateway-runtime.ts";
import { HeldBytes } from "./held-bytes.ts";
import { Http1Connection } from "./http1-connection.ts";
import { Http2Connections } from "./http2-connections.ts";
import { createPeer } from "./peer.ts";
import { tlsContextOf, tlsServerOptionsOf } from "./tls-material.ts";
import { UpstreamSet } from "./upstream-set.ts";

/** How late a timeout may be noticed. */
const DEADLINE_TICK_MS = 100;

/** What destroyed connections may take to say that they are closed. */
const CLOSE_MS = 1_000;

export interface GatewayConfiguration {
  readonly options: GatewayOptions;
  readonly guard: Guard;
}

/** The reverse proxy of one worker: listens, guards each exchange, forwards what may pass. */
export class GatewayServer {
  readonly #runtime: GatewayRuntime;
  readonly #upstreams: UpstreamSet;
  readonly #connections = new Set<Http1Connection>();
  readonly #http2: Http2Connections;
  readonly #server: Server;
  #options: GatewayOptions;
  #onEmpty: (() => void) | undefined;

  constructor(
    configuration: GatewayConfiguration,
    parts: {
      readonly counters: GatewayCounters;
      readonly onInternalError: (error: unknown) => void;
    },
  ) {
    const deadlines = new Deadlines(DEADLINE_TICK_MS);
    this.#options = configuration.options;
    this.#upstreams = new UpstreamSet({ deadlines, counters: parts.counters });
    this.#runtime = {
      settings: this.#settingsOf(configuration),
      counters: parts.counters,
      deadlines,
      held: new HeldBytes(parts.counters, configuration.options.limits.heldBytesMax),
      isDraining: false,
      onInternalError: parts.onInternalError,
    };
    this.#http2 = new Http2Connections(this.#runtime, () => this.#onGone());
    this.#server = this.#createServer();
  }

  /** Resolves once clients can connect. */
  listen(options: { readonly reusePort: boolean }): Promise<{ address: string; port: number }> {
    const { address, port } = this.#options.listen;
    return new Promise((resolve, reject) => {
      this.#server.once("error", (cause: Error) => {
        const message = `cannot listen on ${address}:${port}: ${cause.message}`;
        reject(new MerlonError("ERR_LISTEN_FAILED", message, { cause }));
      });
      // The kernel spreads new connections over all sockets that share the port.
      this.#server.listen(
        { host: address, port, reusePort: options.reusePort, backlog: 4_096 },
        () => {
          const bound = this.#server.address() as AddressInfo;
          resolve({ address: bound.address, port: bound.port });
        },
      );
    });
  }

  /** New exchanges use the new configuration; open ones end with theirs. Where to listen stays. */
  apply(configuration: GatewayConfiguration): void {
    const { tls } = configuration.options.listen;
    const context = tls === undefined ? undefined : tlsContextOf(tls);
    this.#runtime.settings = this.#settingsOf(configuration);
    this.#runtime.held.bytesMax = configuration.options.limits.heldBytesMax;
    this.#options = configuration.options;
    if (context !== undefined && "setSecureContext" in this.#server) {
      (this.#server as TlsServer).setSecureContext(context);
    }
  }

  /** Accepts nothing new, lets open exchanges end, and after `drainMs` cuts what is left. */
  async drain(): Promise<void> {
    this.#runtime.isDraining = true;
    this.#server.close();
    for (const connection of this.#connections) connection.drain();
    this.#http2.drain();
    await this.#emptyOrLate(this.#options.drainMs);
    for (const connection of this.#connections) connection.destroy();
    this.#http2.destroy();
    // Closing is told a turn later; only then are the exchanges that were cut recorded.
    await this.#emptyOrLate(CLOSE_MS);
    this.#upstreams.close();
    this.#runtime.deadlines.close();
  }

  /** Serves a connection that did not come through the listener: recorded bytes, for instance. */
  serve(socket: Socket, scheme: "http" | "https"): void {
    const peer = createPeer({
      remoteAddress: socket.remoteAddress,
      scheme,
      isTrusted: this.#runtime.settings.isTrusted,
      clientCertificate: clientCertificateOf(socket),
    });
    const connection = new Http1Connection(this.#runtime, socket, peer, () => {
      this.#connections.delete(connection);
      this.#onGone();
    });
    this.#connections.add(connection);
    if (this.#runtime.isDraining) connection.drain();
  }

  #createServer(): Server {
    const { tls } = this.#options.listen;
    if (tls === undefined) {
      const server = createTcpServer({ noDelay: true }, (socket) => {
        if (this.#admit(socket)) this.serve(socket, "http");
      });
      return server;
    }
    const server = createTlsServer(tlsServerOptionsOf(tls), (socket) => this.#serveTls(socket));
    server.on("connection", (socket: Socket) => {
      socket.setNoDelay(true);
      this.#admit(socket);
    });
    return server;
  }

  #serveTls(socket: TLSSocket): void {
    const tls = this.#options.listen.tls;
    const hasShownOne = socket.getPeerX509Certificate() !== undefined;
    if (tls?.clientCertificates === "optional" && hasShownOne && !socket.authorized) {
      // No certificate is fine; a wrong one is a lie.
      socket.destroy();
    } else if (socket.alpnProtocol === "h2") {
      this.#http2.serve(socket);
    } else {
      this.serve(socket, "https");
    }
  }

  /** Counts a connection until it closes; closes it at once when there are too many. */
  #admit(socket: Socket): boolean {
    const { counters, settings } = this.#runtime;
    if (counters.value("connectionsOpen") >= settings.limits.connectionsMax) {
      counters.add("connectionsRefused");
      socket.destroy();
      return false;
    }
    counters.add("connectionsAccepted");
    counters.add("connectionsOpen");
    socket.once("close", () => counters.add("connectionsOpen", -1));
    return true;
  }

  #settingsOf({ options, guard }: GatewayConfiguration): GatewaySettings {
    const { timeouts, limits } = options;
    return {
      guard,
      routeOf: this.#upstreams.use(options.upstreams, { timeouts, limits }),
      timeouts,
      limits,
      isTrusted: createTrust(options.trustedProxies),
    };
  }

  #onGone(): void {
    if (this.#connections.size === 0 && this.#http2.size === 0) this.#onEmpty?.();
  }

  #emptyOrLate(drainMs: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, drainMs);
      this.#onEmpty = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#onGone();
    });
  }
}
