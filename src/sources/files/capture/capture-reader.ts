import type { ExchangeReader } from "../exchange-reader.ts";
import type { ReadResult } from "../read-result.ts";
import type { CaptureContext } from "./capture-context.ts";
import { segmentOfPacket } from "./link-layer.ts";
import type { CaptureProblem, Packet, PacketScanner } from "./packet.ts";
import { TcpConnection } from "./tcp-connection.ts";
import type { PacketSkip, TcpSegment } from "./tcp-segment.ts";

/** Connections followed at the same time; the one silent for longest gives way. */
const connectionsMax = 16_384;
/** Bytes of bodies held over all connections. */
const bodyBytesMax = 100_663_296;

/** Reads the HTTP exchanges in the packets of a capture. */
export class CaptureReader implements ExchangeReader {
  readonly #scanner: PacketScanner;
  readonly #connections = new Map<string, TcpConnection>();
  readonly #skipped = new Map<PacketSkip, number>();
  #results: ReadResult[] = [];
  #exchanges = 0;
  #timeMs = 0;
  readonly #context: CaptureContext = {
    counts: {
      encryptedConnections: 0,
      otherConnections: 0,
      lostConversations: 0,
      gaps: 0,
      gapBytes: 0,
    },
    budget: { bytesLeft: bodyBytesMax },
    packetNumber: 0,
    newId: () => {
      this.#exchanges += 1;
      return `exchange-${this.#exchanges}`;
    },
    emit: (result) => this.#results.push(result),
  };

  constructor(scanner: PacketScanner) {
    this.#scanner = scanner;
  }

  *push(chunk: Buffer): Generator<ReadResult> {
    for (const read of this.#scanner.push(chunk)) yield* this.#take(read);
  }

  *end(): Generator<ReadResult> {
    for (const read of this.#scanner.end()) yield* this.#take(read);
    for (const connection of this.#connections.values()) {
      connection.close(this.#timeMs);
      yield* this.#drain();
    }
    this.#connections.clear();
    for (const note of this.#notes()) yield { note };
  }

  #take(read: Packet | CaptureProblem): readonly ReadResult[] {
    if ("problem" in read) return [{ problem: read.problem, line: read.number, unit: "packet" }];
    this.#context.packetNumber = read.number;
    this.#timeMs = read.timeMs;
    const segment = segmentOfPacket(read.linkType, read.bytes);
    if (typeof segment === "string") {
      this.#skipped.set(segment, (this.#skipped.get(segment) ?? 0) + 1);
      return [];
    }
    this.#pushSegment(segment, read.timeMs);
    return this.#drain();
  }

  #drain(): readonly ReadResult[] {
    if (this.#results.length === 0) return [];
    const results = this.#results;
    this.#results = [];
    return results;
  }

  #pushSegment(segment: TcpSegment, timeMs: number): void {
    const key = keyOf(segment);
    let connection = this.#connections.get(key);
    if (connection === undefined) {
      // What comes after the end of a connection, or only acknowledges, opens none.
      if (!segment.isSyn && segment.payload.length === 0) return;
      connection = new TcpConnection(this.#context, segment);
    } else {
      this.#connections.delete(key);
    }
    if (connection.isSucceededBy(segment)) {
      connection.close(timeMs);
      connection = new TcpConnection(this.#context, segment);
    }
    if (connection.push(segment, timeMs)) {
      connection.close(timeMs);
      return;
    }
    // Last in the map is the one that spoke last.
    this.#connections.set(key, connection);
    if (this.#connections.size > connectionsMax) this.#closeOldest(timeMs);
  }

  #closeOldest(timeMs: number): void {
    for (const [key, connection] of this.#connections) {
      connection.close(timeMs);
      this.#connections.delete(key);
      return;
    }
  }

  #notes(): readonly string[] {
    const { encryptedConnections, otherConnections, gaps, gapBytes, lostConversations } =
      this.#context.counts;
    const skipped = (reason: PacketSkip): number => this.#skipped.get(reason) ?? 0;
    const counted: readonly (readonly [number, string])[] = [
      [encryptedConnections, "encrypted connections (TLS) cannot be read"],
      [otherConnections, "connections do not speak HTTP"],
      [gaps, `gaps of together ${gapBytes} bytes were not captured`],
      [lostConversations, "connections could not be read on behind a gap or a broken frame"],
      [skipped("fragment"), "fragments of IP packets were skipped"],
      [skipped("link-type"), "packets have a link type that is not read"],
      [skipped("malformed"), "packets are cut short or malformed"],
    ];
    return counted.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  }
}

/** The same for both directions. */
function keyOf({ source, sourcePort, destination, destinationPort }: TcpSegment): string {
  const from = `${source}.${sourcePort}`;
  const to = `${destination}.${destinationPort}`;
  return from < to ? `${from} ${to}` : `${to} ${from}`;
}
