/** East-west traffic: one service that calls another. */
export interface ServiceCall {
  /** Host that is served at the caller's address; the address itself when nothing is known to be. */
  readonly from: string;
  /** False when only the caller's address is known. */
  readonly isService: boolean;
  readonly to: string;
  readonly calls: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
}
