import type { Principal } from "../../../model/principal.ts";

/** What became of verifying one credential. */
export type Verification = Verified | Refused | Unavailable;

interface Verified {
  readonly outcome: "verified";
  readonly principal: Principal;
}

export interface Refused {
  readonly outcome: "refused";
  /** For the operator; quotes nothing of the credential. */
  readonly reason: string;
  /** Error code of RFC 6750 or RFC 9449 that the client gets. */
  readonly error: "invalid_token" | "invalid_request" | "invalid_dpop_proof";
  /** What an honest client needs to know, such as that its token has expired. */
  readonly description?: string;
}

/** Neither right nor wrong: keys or answers cannot be had. */
export interface Unavailable {
  readonly outcome: "unavailable";
  readonly reason: string;
  readonly onOutage: "refuse" | "allow";
}

export function refused(reason: string, description?: string): Refused {
  const told = description === undefined ? {} : { description };
  return { outcome: "refused", reason, error: "invalid_token", ...told };
}
