import type { RequestHead } from "../../src/model/exchange.ts";

/** One labelled example: a string to be placed into requests, or a request as it is. */
export interface Case {
  /** The corpus's own id, so that an error can be looked up. */
  readonly id: string;
  readonly corpus: string;
  /** The detector's id that should see it, or `honest`. */
  readonly cls: string;
  readonly isAttack: boolean;
  readonly payload?: string;
  readonly request?: CaseRequest;
}

export interface CaseRequest {
  readonly head: RequestHead;
  readonly body: Uint8Array;
}
