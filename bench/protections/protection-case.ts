import type { RequestHead } from "../../src/model/exchange.ts";
import type { Knowledge } from "../../src/protection/knowledge.ts";
import type { ProtectionFactory } from "../../src/protection/protections/protection-definition.ts";

/** One protection under one configuration, with the requests it is measured on. */
export interface ProtectionCase {
  readonly name: string;
  /** None: what a transaction costs by itself. */
  readonly protections: readonly ProtectionFactory[];
  readonly settings: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Taken in turn; as many as there have to be so that nothing is remembered, or one. */
  readonly requests: readonly RequestHead[];
  readonly body?: Uint8Array;
  readonly knowledge?: Knowledge;
}
