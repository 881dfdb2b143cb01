import type { Body } from "../model/exchange.ts";
import type { ExchangeRecord } from "../protection/guard.ts";
import type { GatewayCounters } from "../sources/gateway/gateway-counters.ts";
import { shapeOf } from "./exchange-shape.ts";

/** Exchanges that were only counted: one entry a shape. */
export interface CountedExchanges {
  readonly method: string;
  readonly host: string;
  /** The path of the first of them. */
  readonly path: string;
  readonly status: number;
  readonly calls: number;
  readonly firstMs: number;
  readonly lastMs: number;
}

/** What goes to the learning path at a time. */
export interface RecordBatch {
  readonly records: readonly ExchangeRecord[];
  readonly counted: readonly CountedExchanges[];
}

export interface RecordQueueParts {
  /** Sends at once and never waits; `transfer` are the memory blocks that go along. */
  readonly send: (batch: RecordBatch, bytes: number, transfer: readonly ArrayBuffer[]) => void;
  readonly counters: GatewayCounters;
  readonly now: () => number;
}

export interface RecordQueueLimits {
  /** Sent and not acknowledged, plus waiting. Ordinary exchanges may use half of it. */
  readonly recordBytesMax: number;
  /** Ordinary exchanges of a known shape a second. */
  readonly recordsPerSecondMax: number;
}

const BATCH_RECORDS_MAX = 64;
const BATCH_BYTES_MAX = 262_144;
const BATCH_DELAY_MS = 5;
const COUNTED_DELAY_MS = 1_000;

/** Shapes that are told apart; with more, the older half is met anew. */
const SHAPES_MAX = 8_192;
/** So many of each shape are sent before it counts as known. */
const NEW_SHAPE_RECORDS = 64;
const COUNTED_SHAPES_MAX = 2_048;

type Count = { -readonly [Key in keyof CountedExchanges]: CountedExchanges[Key] };

/**
 * Between the request path and the learning path of one worker. Takes each record without ever
 * waiting; under a bound of bytes it sheds what teaches least and counts what it shed.
 */
export class RecordQueue {
  readonly #parts: RecordQueueParts;
  #limits: RecordQueueLimits;
  #waiting: ExchangeRecord[] = [];
  #waitingBytes = 0;
  #sentBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #countedTimer: NodeJS.Timeout | undefined;
  #counted = new Map<number, Count>();
  #shapes = new Map<number, number>();
  #olderShapes = new Map<number, number>();
  #second = 0;
  #admitted = 0;

  constructor(parts: RecordQueueParts, limits: RecordQueueLimits) {
    this.#parts = parts;
    this.#limits = limits;
  }

  use(limits: RecordQueueLimits): void {
    this.#limits = limits;
  }

  offer(record: ExchangeRecord): void {
    const shape = shapeOf(record);
    const isValuable = isRemarkable(record) || this.#isNew(shape);
    if (!isValuable && !this.#admits()) {
      this.#parts.counters.add("recordsSampledOut");
      this.#count(shape, record);
      return;
    }
    const bytes = sizeOf(record);
    const { recordBytesMax } = this.#limits;
    const room = isValuable ? recordBytesMax : recordBytesMax / 2;
    if (this.#sentBytes + this.#waitingBytes + bytes > room) {
      this.#parts.counters.add("recordsShed");
      this.#count(shape, record);
      return;
    }
    this.#waiting.push(record);
    this.#waitingBytes += bytes;
    if (this.#waiting.length >= BATCH_RECORDS_MAX || this.#waitingBytes >= BATCH_BYTES_MAX) {
      this.flush();
    } else {
      this.#timer ??= setTimeout(() => this.flush(), BATCH_DELAY_MS);
    }
  }

  /** The learning path has taken so many bytes. */
  acknowledge(bytes: number): void {
    this.#sentBytes -= bytes;
  }

  /** Sends everything that waits. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#waiting.length === 0 && this.#counted.size === 0) return;
    const transfer: ArrayBuffer[] = [];
    const records = this.#waiting.map((record) => detached(record, transfer));
    const bytes = this.#waitingBytes;
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#sentBytes += bytes;
    this.#parts.counters.add("recordsSent", records.length);
    this.#parts.send({ records, counted: this.#takeCounted() }, bytes, transfer);
  }

  #isNew(shape: number): boolean {
    const seen = this.#shapes.get(shape) ?? this.#olderShapes.get(shape) ?? 0;
    if (seen >= NEW_SHAPE_RECORDS && this.#shapes.has(shape)) return false;
    this.#shapes.set(shape, Math.min(seen + 1, NEW_SHAPE_RECORDS));
    if (this.#shapes.size >= SHAPES_MAX / 2) {
      this.#olderShapes = this.#shapes;
      this.#shapes = new Map();
    }
    return seen < NEW_SHAPE_RECORDS;
  }

  #admits(): boolean {
    const second = Math.floor(this.#parts.now() / 1_000);
    if (second !== this.#second) {
      this.#second = second;
      this.#admitted = 0;
    }
    this.#admitted += 1;
    return this.#admitted <= this.#limits.recordsPerSecondMax;
  }

  #count(shape: number, { exchange }: ExchangeRecord): void {
    const { timeMs } = exchange;
    const count = this.#counted.get(shape);
    if (count !== undefined) {
      count.calls += 1;
      count.lastMs = timeMs;
    } else if (this.#counted.size < COUNTED_SHAPES_MAX) {
      this.#counted.set(shape, {
        method: exchange.request.method,
        host: exchange.request.authority,
        path: exchange.request.path,
        status: exchange.response?.status ?? 0,
        calls: 1,
        firstMs: timeMs,
        lastMs: timeMs,
      });
    }
    this.#countedTimer ??= setTimeout(() => this.flush(), COUNTED_DELAY_MS);
  }

  #takeCounted(): readonly CountedExchanges[] {
    clearTimeout(this.#countedTimer);
    this.#countedTimer = undefined;
    const counted = [...this.#counted.values()];
    this.#counted = new Map();
    return counted;
  }
}

/** What is kept before everything else: decisions, failures, upgrades. */
function isRemarkable({ exchange, decision }: ExchangeRecord): boolean {
  return (
    decision !== undefined ||
    exchange.upgrade !== undefined ||
    exchange.aborted !== undefined ||
    (exchange.response?.status ?? 0) >= 500
  );
}

/** About what a record takes in memory: strings, bodies, and the objects around them. */
function sizeOf({ exchange, decision }: ExchangeRecord): number {
  const { request, response } = exchange;
  let bytes = 512 + request.path.length + request.query.length;
  for (const [name, value] of request.headers) bytes += 32 + name.length + value.length;
  for (const [name, value] of response?.headers ?? []) bytes += 32 + name.length + value.length;
  bytes += (request.body?.bytes.length ?? 0) + (response?.body?.bytes.length ?? 0);
  return bytes + (decision?.detections.length ?? 0) * 2_048;
}

/** The record with bodies in memory blocks of their own: a view would take its whole block along. */
function detached(record: ExchangeRecord, transfer: ArrayBuffer[]): ExchangeRecord {
  const { request, response } = record.exchange;
  if (request.body === undefined && response?.body === undefined) return record;
  return {
    ...record,
    exchange: {
      ...record.exchange,
      request:
        request.body === undefined
          ? request
          : { ...request, body: detachedBody(request.body, transfer) },
      ...(response === undefined
        ? {}
        : {
            response:
              response.body === undefined
                ? response
                : { ...response, body: detachedBody(response.body, transfer) },
          }),
    },
  };
}

function detachedBody({ bytes, bytesTotal }: Body, transfer: ArrayBuffer[]): Body {
  const own = new Uint8Array(bytes);
  transfer.push(own.buffer);
  return { bytes: own, bytesTotal };
}
