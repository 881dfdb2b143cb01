import type { RequestHead } from "../model/exchange.ts";
import type { Field } from "../model/field.ts";

/** Fields that were read, and why reading stopped early where it did. */
export interface FieldsRead {
  readonly fields: readonly Field[];
  readonly anomalies: readonly string[];
}

/** Decodes what a client sent into Fields; bounded, and never throws for anything a client can send. */
export interface FieldReaders {
  fieldsOfHead(head: RequestHead): FieldsRead;
  fieldsOfBody(head: RequestHead, bytes: Uint8Array): FieldsRead;
}
