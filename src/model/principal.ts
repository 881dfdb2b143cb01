/** Who the caller of an exchange proves, or only claims, to be. */
export interface Principal {
  readonly kind: "token" | "api-key" | "basic" | "session" | "client-certificate";
  /** Stable within an installation: the subject of a token, else a digest of the credential, never itself. */
  readonly id: string;
  /** Whether a protection verified the credential; otherwise nothing but the client says so. */
  readonly verified: boolean;
  /** Claims of a token; of an unverified one they are only what the client says. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** OAuth scopes, or those of an API key. */
  readonly scopes?: readonly string[];
  readonly roles?: readonly string[];
}
