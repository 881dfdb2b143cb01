import type { RequestHead } from "../../model/exchange.ts";

/** Why a message is refused before anything else looks at it. */
export interface Violation {
  /** Status that a client gets. */
  readonly status: number;
  /** Permanent kebab-case reason. */
  readonly code: string;
  /** One sentence for the operator. */
  readonly explanation: string;
  /** The request head as far as it could be read. */
  readonly head?: RequestHead;
}

export function violation(code: string, explanation: string, status = 400): Violation {
  return { status, code, explanation };
}

export function isViolation(result: object): result is Violation {
  return "explanation" in result;
}
