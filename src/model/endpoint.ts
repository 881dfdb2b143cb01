export type Style = "rest" | "graphql" | "soap" | "json-rpc" | "grpc" | "websocket" | "sse";

export type Lifecycle =
  | "documented"
  | "undocumented"
  | "deprecated"
  | "zombie"
  | "orphan"
  | "dormant"
  | "woken";

/** Where the clients of an endpoint were seen to call from. */
export type Exposure = "internet" | "partner" | "internal" | "loopback" | "unknown";

export interface Parameter {
  readonly in: "path" | "query" | "header" | "cookie" | "body";
  readonly name: string;
  /** `integer`, `number`, `boolean`, `uuid`, `date`, `email`, `string`, … */
  readonly type: string;
  readonly required: boolean;
  /** 0 to 1. */
  readonly confidence: number;
  readonly samples: number;
}

export interface Authentication {
  /** True: refused without credentials. False: answered without. Undefined: not enough evidence. */
  readonly required?: boolean;
  /** `bearer`, `jwt`, `basic`, `api-key`, `session-cookie`, `client-certificate`. */
  readonly kinds: readonly string[];
  readonly confidence: number;
  /** Successful (2xx, 3xx) exchanges with and without credentials, and refusals (401, 403) of each. */
  readonly counts: {
    readonly successWith: number;
    readonly successWithout: number;
    readonly refusedWith: number;
    readonly refusedWithout: number;
  };
  /** What the experiment says; `required` above is its short form. */
  readonly verdict?: AuthenticationVerdict;
  /** The same experiment for each place that credentials stood at, most used first. */
  readonly carriers?: readonly CredentialCarrier[];
  readonly tokens?: TokenFacts;
}

/**
 * `required`: refused without. `optional`: answered without, though wrong ones are refused.
 * `ignored`: nobody was ever refused, with or without. `mixed`: without, some are answered and
 * some refused. `unknown`: nobody tried without.
 */
export type AuthenticationVerdict = "required" | "optional" | "ignored" | "mixed" | "unknown";

export interface CredentialCarrier {
  readonly in: "header" | "query" | "cookie" | "connection";
  readonly name: string;
  readonly kinds: readonly string[];
  readonly verdict: AuthenticationVerdict;
  /** Exchanges that carried it, answered with success and refused. */
  readonly successWith: number;
  readonly refusedWith: number;
  /** Share of success among those that carried it, and among those without any credential. */
  readonly shareWith?: number;
  readonly shareWithout?: number;
}

/** What the tokens of successful exchanges said; none of it was verified. */
export interface TokenFacts {
  readonly algorithms: Readonly<Record<string, number>>;
  readonly issuers: readonly string[];
  readonly audiences: readonly string[];
  readonly scopes: readonly string[];
  /** Tokens without an expiry, and tokens taken after it. */
  readonly withoutExpiry: number;
  readonly expired: number;
  /** Longest time between issue and expiry, in seconds. */
  readonly lifetimeSecondsMax?: number;
}

/** Bodies of one side, status and media type of an endpoint. */
export interface LearnedBody {
  readonly in: "request" | "response";
  /** Of responses. */
  readonly status?: number;
  readonly mediaType: string;
  readonly samples: number;
  /** JSON Schema (2020-12), where they are JSON. */
  readonly schema?: unknown;
}

/** A distribution, each figure within 5 %. */
export interface Distribution {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Somebody who uses an endpoint: a principal as it shows itself, or an address. */
export interface Consumer {
  readonly kind: "principal" | "client";
  /** An address, or a digest that stands for a principal; never a credential. */
  readonly id: string;
  readonly calls: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
}

/** What the lifecycle rests on, with dates. */
export interface LifecycleEvidence {
  /** A sentence for people. */
  readonly reason: string;
  /** Last call before the silence, for a dormant or woken endpoint. */
  readonly silentSinceMs?: number;
  readonly wokenMs?: number;
  /** Announced by a `Sunset` header. */
  readonly sunsetMs?: number;
}

/** The same operation under another version of the API. */
export interface VersionLink {
  readonly id: string;
  readonly key: string;
  readonly relation: "newer" | "older";
  readonly lastSeenMs: number;
}

/** A class of sensitive data seen at one place of an endpoint. */
export interface SensitiveData {
  readonly in: "request" | "response" | "url";
  /** JSON path, parameter or header name. */
  readonly name: string;
  /** `email`, `payment-card`, `iban`, `phone`, `national-id`, `secret`, … */
  readonly class: string;
  readonly samples: number;
  readonly confidence: number;
}

export interface RiskContribution {
  readonly factor: string;
  readonly points: number;
  /** What was observed, with counts, so that a person can repeat it. */
  readonly evidence: string;
  readonly remedy: string;
  /** `API2:2023`, `CWE-306`. */
  readonly references: readonly string[];
  readonly confidence: number;
  /** How far it alone brings likelihood and impact from 0 towards 1. */
  readonly likelihood?: number;
  readonly impact?: number;
  /** How many observations it rests on, as counted so far; grows when there is new evidence. */
  readonly seen?: number;
  /** Where one factor stands for several findings: each with an id of its own within the factor. */
  readonly parts?: readonly RiskPart[];
}

/** One of several findings that a factor stands for, such as one broken rule of a specification. */
export interface RiskPart {
  readonly id: string;
  readonly title: string;
  readonly evidence: string;
  readonly remedy: string;
  readonly references: readonly string[];
}

export interface Risk {
  /** 0 to 100. */
  readonly score: number;
  readonly level: "none" | "low" | "medium" | "high" | "critical";
  readonly factors: readonly RiskContribution[];
}

/** One entry of the inventory: method + host + path template, and what was learned of it. */
export interface Endpoint {
  /** Stable: derived from method, host, path and operation. */
  readonly id: string;
  readonly method: string;
  readonly host: string;
  /** Path template: `/api/v1/products/{productId}`. */
  readonly path: string;
  /** GraphQL operation field (`query products`) or SOAP body element, for those styles. */
  readonly operation?: string;
  readonly style: Style;
  readonly lifecycle: Lifecycle;
  /** Marked deprecated in the specification or by a `Deprecation` or `Sunset` header. */
  readonly deprecated: boolean;
  readonly calls: number;
  readonly firstSeenMs: number;
  readonly lastSeenMs: number;
  readonly statuses: Readonly<Record<string, number>>;
  readonly requestMediaTypes: Readonly<Record<string, number>>;
  readonly responseMediaTypes: Readonly<Record<string, number>>;
  readonly parameters: readonly Parameter[];
  readonly authentication: Authentication;
  readonly exposure: Exposure;
  readonly sensitiveData: readonly SensitiveData[];
  /** Distinct clients and principals, approximate above a few hundred. */
  readonly clients: number;
  readonly principals: number;
  readonly durationMs: { readonly p50: number; readonly p95: number };
  /** Distribution of durations in milliseconds and of body sizes in bytes. */
  readonly latencyMs?: Distribution;
  readonly requestBytes?: Distribution;
  readonly responseBytes?: Distribution;
  /** Those who used it most, of a bounded number that is kept. */
  readonly consumers?: readonly Consumer[];
  /** JSON Schema (2020-12) of JSON bodies as learned; `response` for successful ones. */
  readonly schemas: { readonly request?: unknown; readonly response?: unknown };
  readonly bodies?: readonly LearnedBody[];
  readonly lifecycleEvidence?: LifecycleEvidence;
  /** Other versions of it that are called. */
  readonly versions?: readonly VersionLink[];
  /** What it is besides its style: `webhook:github` takes calls of a provider. */
  readonly webhook?: { readonly provider: string; readonly calls: number };
  /** URLs that clients registered here for being called back, without query and credentials. */
  readonly callbacks?: readonly {
    readonly url: string;
    readonly field: string;
    readonly samples: number;
  }[];
  /** Other observations that risk factors read, by name, with how often: `stack-trace`, `cors-any-origin`. */
  readonly observations: Readonly<Record<string, number>>;
  /** What was measured rather than counted, by name: `calls-per-minute-of-one-client`. */
  readonly measures?: Readonly<Record<string, number>>;
  /** Attacks recognised against it. */
  readonly attacks: number;
  readonly risk: Risk;
}

/** `GET shop.example/api/v1/products/{productId}`: how policy and people name an endpoint. */
export function endpointKeyOf(
  endpoint: Pick<Endpoint, "method" | "host" | "path" | "operation">,
): string {
  const operation = endpoint.operation === undefined ? "" : ` ${endpoint.operation}`;
  return `${endpoint.method} ${endpoint.host}${endpoint.path}${operation}`;
}

/** An endpoint as discovery knows it, before risk looked at it. */
export type EndpointProfile = Omit<Endpoint, "risk">;
