export type AttributeValue = string | number | boolean | readonly string[];

/** An OpenTelemetry span as far as it can tell of an HTTP exchange. */
export interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  /** Number of the protocol: 2 is a server's, 3 a client's. */
  readonly kind: number;
  readonly startMs: number;
  readonly endMs: number;
  /** `service.name` of the resource. */
  readonly service: string | undefined;
  readonly attributes: ReadonlyMap<string, AttributeValue>;
}

export const spanKind = { server: 2, client: 3 } as const;

/** Attributes of one span or resource that are looked at. */
export const attributesMax = 256;
