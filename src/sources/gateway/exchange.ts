import type { Block, Verdict } from "../../model/verdict.ts";
import type { Outcome, SourceRefusal, Transaction } from "../../protection/guard.ts";
import { refusalOf } from "../../protection/refusal.ts";
import type { ClientStream } from "./client-stream.ts";
import type { Expiring } from "./deadlines.ts";
import { countExchange } from "./exchange-counts.ts";
import { upstreamHeadOf } from "./forwarded-request.ts";
import type { GatewayRuntime, GatewaySettings, Upstream } from "./gateway-runtime.ts";
import type { HeaderLines } from "./header-lines.ts";
import { bodyTooLong, bodyTooSlow, unknownHost } from "./own-refusals.ts";
import type { Peer } from "./peer.ts";
import { type RequestOwner, RequestRelay } from "./request-relay.ts";
import { type ResponseOwner, ResponseRelay } from "./response-relay.ts";
import type { ClientRequest } from "./strict-request.ts";
import type { UpstreamResponse } from "./strict-response.ts";
import { Tunnel } from "./tunnel.ts";
import type { UpstreamConnection } from "./upstream-connection.ts";
import { answerToFailure, isRepeatable } from "./upstream-failure.ts";
import type { UpstreamFailure, UpstreamHandler } from "./upstream-handler.ts";
import { type Awaited, waitMsOf } from "./waiting.ts";

/** One request on its way to an upstream and its response on the way back. */
export class Exchange implements UpstreamHandler, RequestOwner, ResponseOwner, Expiring {
  deadlineMs: number = Infinity;
  readonly #runtime: GatewayRuntime;
  readonly #settings: GatewaySettings;
  readonly #client: ClientStream;
  readonly #request: ClientRequest;
  readonly #peer: Peer;
  readonly #transaction: Transaction;
  readonly #upstream: Upstream | undefined;
  readonly #body: RequestRelay;
  readonly #startedMs: number = performance.now();
  #awaited: Awaited = "nothing";
  #connection: UpstreamConnection | undefined;
  #response: ResponseRelay | undefined;
  #isRetried = false;
  #status = 0;
  #isOver = false;

  constructor(runtime: GatewayRuntime, client: ClientStream, request: ClientRequest, peer: Peer) {
    this.#runtime = runtime;
    this.#settings = runtime.settings;
    this.#client = client;
    this.#request = request;
    this.#peer = peer;
    const { head } = request;
    this.#upstream = this.#settings.routeOf(head.authority, head.path);
    const destination = this.#upstream?.destination;
    const { clientCertificate } = peer;
    this.#transaction = this.#settings.guard.open({
      client: peer.clientOf(head.headers),
      ...(destination === undefined ? {} : { destination }),
      ...(clientCertificate === undefined ? {} : { clientCertificate }),
    });
    this.#body = new RequestRelay(this, {
      client,
      transaction: this.#transaction,
      runtime,
      hasBody: request.framing.kind !== "none",
    });
  }

  start(): void {
    const { counters, deadlines } = this.#runtime;
    counters.add("requests");
    counters.add("exchangesOpen");
    deadlines.add(this);
    try {
      const verdict = this.#transaction.requestHeaders(this.#request.head);
      if (verdict instanceof Promise) this.#later(verdict, (settled) => this.#afterHead(settled));
      else this.#afterHead(verdict);
    } catch (error) {
      this.onBroken(error);
    }
  }

  onRequestBytes(bytes: Buffer): void {
    if (this.#isOver) return;
    try {
      this.#body.push(bytes);
    } catch (error) {
      this.onBroken(error);
    }
  }

  onRequestEnd(trailers: HeaderLines | undefined): void {
    if (this.#isOver) return;
    try {
      this.#body.end(trailers);
    } catch (error) {
      this.onBroken(error);
    }
  }

  onClientTurnEnd(): void {
    this.#body.flush();
  }

  onClientDrain(): void {
    this.#response?.resume();
  }

  onClientGone(): void {
    if (this.#isOver) return;
    this.#runtime.counters.add("clientAborts");
    this.#letGo();
    this.#close({ aborted: "client" });
  }

  onConnected(connection: UpstreamConnection): void {
    const upstream = this.#upstream;
    if (this.#isOver || upstream === undefined) {
      connection.close();
      return;
    }
    this.#connection = connection;
    const keepsExpect = this.#request.expectsContinue && !this.#body.wasHeld;
    const replaced = this.#transaction.upstreamHeaders?.();
    connection.begin(this, {
      method: this.#request.head.method,
      head: upstreamHeadOf(this.#request, this.#peer, upstream, { keepsExpect, replaced }),
      isChunked: this.#request.framing.kind === "chunked",
    });
    this.#await(this.#body.isDone || keepsExpect ? "upstream-response" : "request-body");
    this.#body.connect(connection);
    this.#body.flush();
  }

  onInformational(response: UpstreamResponse): void {
    if (response.status !== 100) {
      this.#client.sendInformational(response);
    } else if (this.#request.expectsContinue && !this.#body.isDone) {
      this.#client.sendContinue();
      this.#await("request-body");
    }
  }

  onSwitched(response: UpstreamResponse, rest: Buffer): void {
    const socket = this.#connection?.socket;
    this.#disconnect();
    if (socket === undefined || this.#request.upgrade === undefined) {
      socket?.destroy();
      this.onUpstreamFailure("invalid-response");
      return;
    }
    const { status, lines } = response;
    const verdict = this.#transaction.responseHeaders({ status, headers: lines.headers });
    const open = (settled: Verdict): void => {
      if (this.#isOver) socket.destroy();
      else this.#openTunnel(settled, response, socket, rest);
    };
    if (verdict instanceof Promise) verdict.then(open).catch((error) => this.onBroken(error));
    else open(verdict);
  }

  onResponseHead(response: UpstreamResponse): void {
    const connection = this.#connection;
    if (connection === undefined) return;
    this.#body.judgeTappedBody();
    this.#status = response.status;
    this.#response = new ResponseRelay(this, response, {
      client: this.#client,
      transaction: this.#transaction,
      held: this.#runtime.held,
      connection,
    });
    this.#await("response-body");
    this.#response.begin(this.#body.pendingVerdict);
  }

  onResponseBytes(bytes: Buffer): void {
    this.#response?.push(bytes);
  }

  onResponseEnd(trailers: HeaderLines | undefined): void {
    this.#disconnect();
    this.#await("nothing");
    this.#response?.end(trailers);
  }

  onUpstreamDrain(): void {
    if (!this.#isOver) this.#body.resume();
  }

  onUpstreamTurnEnd(): void {
    if (this.#response === undefined) this.#client.flush();
    else this.#response.flush();
  }

  onUpstreamFailure(failure: UpstreamFailure): void {
    this.#disconnect();
    if (this.#isOver) return;
    if (failure === "stale" && this.#canRepeat()) {
      this.#isRetried = true;
      this.#runtime.counters.add("upstreamRetries");
      this.#upstream?.pool.acquire(this, { isFresh: true });
      return;
    }
    const { status, counter } = answerToFailure(failure);
    this.#runtime.counters.add(counter);
    this.#failUpstream(status);
  }

  awaitRequestBody(): void {
    if (this.#response === undefined) this.#await("request-body");
  }

  awaitUpstream(): void {
    if (this.#response === undefined) this.#await("upstream-response");
  }

  awaitResponseBody(): void {
    this.#await("response-body");
  }

  awaitClient(): void {
    this.#await("client-reading");
  }

  onHeldBodyAllowed(): void {
    if (!this.#isOver) this.#upstream?.pool.acquire(this, { isFresh: false });
  }

  onRequestBlocked(verdict: Block): void {
    if (!this.#isOver) this.#refuse(verdict);
  }

  onResponseBlocked(verdict: Block): void {
    if (!this.#isOver) this.#refuse(verdict);
  }

  onResponseOver(): void {
    if (!this.#isOver) this.#close({});
  }

  /** Refuses on the gateway's own account. */
  onRequestRefused({ status, code, explanation }: SourceRefusal): void {
    if (this.#isOver) return;
    this.#runtime.counters.add("refusedStrict");
    this.#transaction.refused({ status, code, explanation });
    this.#letGo();
    this.#answer({ status });
    this.#close({});
  }

  /** Our own mistake: this request is given up, the worker goes on. */
  onBroken(error: unknown): void {
    if (this.#isOver) return;
    this.#runtime.onInternalError(error);
    this.#runtime.counters.add("internalErrors");
    this.#failUpstream(500);
  }

  onDeadline(): void {
    this.#runtime.counters.add("timeouts");
    if (this.#awaited === "request-body") {
      this.onRequestRefused(bodyTooSlow);
    } else if (this.#awaited === "client-reading") {
      this.#letGo();
      this.#client.cut();
      this.#close({ aborted: "client" });
    } else {
      this.#runtime.counters.add("upstreamTimeouts");
      this.#failUpstream(504);
    }
  }

  #afterHead(verdict: Verdict): void {
    const { bodyBytesMax = Infinity } = this.#settings.limits;
    if (verdict.action === "block") {
      this.#refuse(verdict);
    } else if (this.#upstream === undefined) {
      this.onRequestRefused(unknownHost);
    } else if (this.#request.framing.bytes > bodyBytesMax) {
      this.onRequestRefused(bodyTooLong);
    } else {
      this.#body.plan();
      if (!this.#body.isHolding) {
        this.#upstream.pool.acquire(this, { isFresh: false });
        return;
      }
      if (this.#request.expectsContinue) this.#client.sendContinue();
      this.#await("request-body");
      this.#client.readBody();
    }
  }

  #openTunnel(
    verdict: Verdict,
    response: UpstreamResponse,
    socket: UpstreamConnection["socket"],
    rest: Buffer,
  ): void {
    const client = verdict.action === "allow" ? this.#client.switchProtocol(response) : undefined;
    if (client === undefined) {
      socket.destroy();
      if (verdict.action === "block") this.#refuse(verdict);
      else this.#failUpstream(502);
      return;
    }
    this.#status = response.status;
    this.#runtime.counters.add("upgrades");
    this.#await("nothing");
    const tunnel = new Tunnel(client.socket, socket, {
      idleMs: this.#settings.timeouts.tunnelIdleMs,
      deadlines: this.#runtime.deadlines,
      onOver: ({ fromClient, fromUpstream }) =>
        this.#close({
          upgrade: (this.#request.upgrade ?? "").toLowerCase(),
          requestBytesTotal: fromClient,
          responseBytesTotal: fromUpstream,
        }),
    });
    tunnel.open(client.early, rest);
  }

  /** Carries out the final word of the policy. */
  #refuse(verdict: Block): void {
    this.#runtime.counters.add("blocked");
    this.#letGo();
    this.#answer(verdict);
    this.#close({});
  }

  /** The upstream's fault: no decision, but the client can name the exchange. */
  #failUpstream(status: number): void {
    this.#letGo();
    this.#answer({ status });
    this.#close({ aborted: "upstream" });
  }

  #answer(verdict: Pick<Block, "status" | "headers">): void {
    if (this.#response?.isHeadSent === true) {
      this.#client.cut();
      return;
    }
    this.#status = verdict.status;
    this.#client.refuse(refusalOf(verdict, this.#transaction.id));
    this.#client.flush();
  }

  /** Leaves the upstream; what it still says is nobody's. */
  #letGo(): void {
    this.#response?.stop();
    if (this.#connection === undefined) this.#upstream?.pool.cancel(this);
    this.#connection?.abort();
    this.#disconnect();
  }

  #disconnect(): void {
    this.#connection = undefined;
    this.#body.disconnect();
  }

  #canRepeat(): boolean {
    return this.#body.canRepeat && !this.#isRetried && isRepeatable(this.#request.head.method);
  }

  #await(awaited: Awaited): void {
    this.#awaited = awaited;
    this.deadlineMs = performance.now() + waitMsOf(awaited, this.#settings.timeouts);
  }

  #later(verdict: Promise<Verdict>, next: (verdict: Verdict) => void): void {
    verdict
      .then((settled) => {
        if (!this.#isOver) next(settled);
      })
      .catch((error: unknown) => this.onBroken(error));
  }

  #close(outcome: Outcome): void {
    this.#isOver = true;
    this.#body.release();
    this.#response?.stop();
    this.#runtime.deadlines.delete(this);
    const durationMs = performance.now() - this.#startedMs;
    const requestBytes = outcome.requestBytesTotal ?? this.#body.bytesTotal;
    const responseBytes = outcome.responseBytesTotal ?? this.#response?.bytesTotal ?? 0;
    countExchange(this.#runtime.counters, {
      status: this.#status,
      durationMs,
      requestBytes,
      responseBytes,
    });
    this.#transaction.close({
      ...outcome,
      durationMs,
      requestBytesTotal: requestBytes,
      responseBytesTotal: responseBytes,
    });
  }
}
