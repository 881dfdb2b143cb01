import { z } from "zod";

/** Where the keys of a token verifier come from; exactly one of `url`, `file`, `jwks`, `secretVariable`. */
export interface TokenKeysOptions {
  readonly url?: string;
  readonly file?: string;
  readonly jwks: readonly Readonly<Record<string, unknown>>[];
  readonly secretVariable?: string;
  readonly cacheMs: number;
  readonly staleMs: number;
  readonly refetchMs: number;
  readonly timeoutMs: number;
}

export interface IntrospectionOptions {
  readonly url: string;
  readonly clientId?: string;
  readonly clientSecretVariable?: string;
  readonly cacheMs: number;
  readonly timeoutMs: number;
  readonly concurrencyMax: number;
  readonly waitingMax: number;
}

export interface DecryptionOptions {
  readonly file?: string;
  readonly jwks: readonly Readonly<Record<string, unknown>>[];
  readonly algorithms: readonly string[];
  readonly encryptions: readonly string[];
  readonly unsigned: "refuse" | "allow";
}

export interface DpopOptions {
  readonly algorithms: readonly string[];
  readonly proofAgeMsMax: number;
  readonly origins: readonly string[];
}

/** One issuer of tokens and how its tokens are verified. */
export interface TokenOptions {
  readonly name: string;
  readonly issuers: readonly string[];
  readonly audiences: readonly string[];
  readonly algorithms: readonly string[];
  readonly types: readonly string[];
  readonly requiredClaims: readonly string[];
  readonly clockSkewMs: number;
  readonly payload: "claims" | "any";
  readonly ignoredHeaders: readonly string[];
  readonly scopeClaims: readonly string[];
  readonly roleClaims: readonly string[];
  readonly keys?: TokenKeysOptions;
  readonly decryption?: DecryptionOptions;
  readonly introspection?: IntrospectionOptions;
  readonly onOutage: "refuse" | "allow";
  readonly proofOfPossession: "if-bound" | "required";
  readonly dpop: DpopOptions;
}

const milliseconds = z.int().min(0).max(31_536_000_000);
const words = z.array(z.string().min(1).max(1_000)).max(100);
const jwks = z
  .array(z.record(z.string(), z.unknown()))
  .max(200)
  .default([])
  .describe("JSON Web Keys (RFC 7517), written here.");
const serverUrl = z.url({ protocol: /^https?$/ });

const keys = z
  .strictObject({
    url: serverUrl.exactOptional().describe("The issuer's JWKS; fetched on first use."),
    file: z
      .string()
      .min(1)
      .exactOptional()
      .describe("A JWKS in a file, read anew when it changes."),
    jwks,
    secretVariable: z
      .string()
      .min(1)
      .exactOptional()
      .describe("Environment variable with the shared secret of HS256, HS384 or HS512."),
    cacheMs: milliseconds
      .default(600_000)
      .describe("Age from which newer keys are fetched in the background."),
    staleMs: milliseconds
      .default(86_400_000)
      .describe("Age until which keys are used while the issuer does not answer."),
    refetchMs: milliseconds
      .default(30_000)
      .describe("Least time between two fetches because a token names an unknown key."),
    timeoutMs: z
      .int()
      .min(1)
      .max(60_000)
      .default(2_000)
      .describe(
        "Longest wait for the issuer; a request waits so long only while there are no keys.",
      ),
  })
  .describe("Keys for signatures: one of `url`, `file`, `jwks`, `secretVariable`.");

const signatureAlgorithms = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"],
  ...["EdDSA", "Ed25519", "HS256", "HS384", "HS512"],
] as const;

/** All that can be decrypted; RSA1_5 only for those who ask for it. */
const keyManagementAlgorithms = [
  ...["dir", "A128KW", "A192KW", "A256KW", "A128GCMKW", "A192GCMKW", "A256GCMKW"],
  ...["ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW"],
  ...["RSA-OAEP", "RSA-OAEP-256", "RSA-OAEP-384", "RSA-OAEP-512", "RSA1_5"],
] as const;

const encryptions = [
  ...["A128GCM", "A192GCM", "A256GCM", "A128CBC-HS256", "A192CBC-HS384", "A256CBC-HS512"],
] as const;

const decryption = z
  .strictObject({
    file: z.string().min(1).exactOptional().describe("A JWKS with private or secret keys."),
    jwks,
    algorithms: z
      .array(z.enum(keyManagementAlgorithms))
      .default(keyManagementAlgorithms.filter((name) => name !== "RSA1_5"))
      .describe("Accepted `alg`; `RSA1_5` only when named here."),
    encryptions: z
      .array(z.enum(encryptions))
      .default([...encryptions])
      .describe("Accepted `enc`."),
    unsigned: z
      .enum(["refuse", "allow"])
      .default("refuse")
      .describe(
        "A decrypted token without a signature inside: whoever has the public key can make one.",
      ),
  })
  .describe("Decrypts JWE (RFC 7516); what is inside is then verified like any token.");

const introspection = z
  .strictObject({
    url: serverUrl.describe("The introspection endpoint (RFC 7662)."),
    clientId: z.string().min(1).exactOptional().describe("Merlon's own client id there."),
    clientSecretVariable: z
      .string()
      .min(1)
      .exactOptional()
      .describe("Environment variable with Merlon's client secret."),
    cacheMs: milliseconds
      .default(30_000)
      .describe("How long an answer is believed; a revoked token may pass so long."),
    timeoutMs: z
      .int()
      .min(1)
      .max(60_000)
      .default(2_000)
      .describe("Longest wait for an answer, the wait for a free turn included."),
    concurrencyMax: z
      .int()
      .min(1)
      .max(1_000)
      .default(32)
      .describe("Questions at a time, per worker."),
    waitingMax: z
      .int()
      .min(0)
      .max(100_000)
      .default(256)
      .describe("Requests that wait for a turn, per worker; more are an outage."),
  })
  .describe("Asks the issuer about each token, revoked ones included.");

const dpop = z
  .strictObject({
    algorithms: z
      .array(z.enum(["ES256", "ES384", "ES512", "PS256", "RS256", "EdDSA", "Ed25519"]))
      .default(["ES256", "ES384", "ES512", "PS256", "RS256", "EdDSA", "Ed25519"])
      .describe("Accepted algorithms of proofs."),
    proofAgeMsMax: z
      .int()
      .min(1_000)
      .max(3_600_000)
      .default(60_000)
      .describe("How long after its `iat` a proof is taken."),
    origins: words
      .default([])
      .describe("What `htu` may begin with, such as `https://api.example`; none: as requested."),
  })
  .prefault({})
  .describe("Proofs of possession (RFC 9449).");

/** Options of one entry of `protections.authentication.tokens`. */
export const tokenOptions: z.ZodType<TokenOptions> = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,63}$/, { error: "must be a name in small letters, such as `main`" })
    .default("main")
    .describe("Name in `require` and in decisions."),
  issuers: words.default([]).describe("Accepted `iss`; none: not looked at."),
  audiences: words.default([]).describe("Accepted `aud`; none: not looked at."),
  algorithms: z
    .array(z.enum(signatureAlgorithms))
    .min(1)
    .default([...signatureAlgorithms])
    .describe("Accepted `alg`. The kind of key decides in any case: HS… never fits a public key."),
  types: words
    .default(["jwt", "at+jwt"])
    .describe("Accepted `typ` in small letters; a token without one is accepted."),
  requiredClaims: words.default(["exp"]).describe("Claims that a token must have."),
  clockSkewMs: z
    .int()
    .min(0)
    .max(3_600_000)
    .default(30_000)
    .describe("How far clocks may differ at `exp`, `nbf` and `iat`."),
  payload: z
    .enum(["claims", "any"])
    .default("claims")
    .describe("`any` accepts a signed payload that is no JSON object of claims."),
  ignoredHeaders: z
    .array(z.enum(["jwk", "jku", "x5u", "x5c"]))
    .default([])
    .describe("Header members with a key of their own that are ignored instead of refused."),
  scopeClaims: words.default(["scope", "scp"]).describe("Claims that hold scopes."),
  roleClaims: words
    .default(["roles", "groups", "realm_access.roles"])
    .describe("Claims that hold roles; a dot goes into an object."),
  keys: keys.exactOptional(),
  decryption: decryption.exactOptional(),
  introspection: introspection.exactOptional(),
  onOutage: z
    .enum(["refuse", "allow"])
    .default("refuse")
    .describe("Without keys or answer: 503, or let it pass as not verified."),
  proofOfPossession: z
    .enum(["if-bound", "required"])
    .default("if-bound")
    .describe("Whether every token must be bound to a key (DPoP or client certificate)."),
  dpop,
});
