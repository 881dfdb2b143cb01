import type { Mode } from "../model/decision.ts";

/**
 * What is on, where, and in which mode. The most specific setting wins: endpoint and protection,
 * endpoint, API and protection, API, protection, everything.
 */
export interface Policy {
  readonly mode: Mode;
  /** What happens to an exchange when a protection itself fails or runs out of its budget. */
  readonly onFailure: "allow" | "block";
  /** Protection id → its mode and its own options. */
  readonly protections: Readonly<Record<string, ProtectionSetting>>;
  readonly apis: readonly ApiPolicy[];
  readonly endpoints: readonly EndpointPolicy[];
  readonly exceptions: readonly PolicyException[];
}

interface ProtectionSetting {
  readonly mode?: Mode;
  readonly [option: string]: unknown;
}

/** Applies to every request under a host and path prefix; a missing part matches everything. */
export interface ApiPolicy {
  readonly host?: string;
  readonly pathPrefix?: string;
  readonly mode?: Mode;
  readonly protections?: Readonly<Record<string, { readonly mode: Mode }>>;
}

/** Applies to one endpoint, named as `GET shop.example/products/{productId}`. */
export interface EndpointPolicy {
  readonly endpoint: string;
  readonly mode?: Mode;
  readonly protections?: Readonly<Record<string, { readonly mode: Mode }>>;
}

/** Lets one detector pass on one field of one endpoint; a missing part matches everything. */
export interface PolicyException {
  readonly id: string;
  readonly detector: string;
  /** Endpoint key with path template. */
  readonly endpoint?: string;
  /** Field key such as `query:id`; array indexes in a JSON path may be `[*]`. */
  readonly field?: string;
  readonly reason?: string;
  readonly createdMs?: number;
}

/** What people changed at run time; kept in the store and laid over the file's policy. */
export interface PolicyOverlay {
  readonly mode?: Mode;
  readonly protections: Readonly<Record<string, { readonly mode: Mode }>>;
  readonly endpoints: readonly EndpointPolicy[];
  readonly exceptions: readonly PolicyException[];
}

export interface PolicyStore {
  loadPolicyOverlay(): Promise<PolicyOverlay | undefined>;
  savePolicyOverlay(overlay: PolicyOverlay): Promise<void>;
}
