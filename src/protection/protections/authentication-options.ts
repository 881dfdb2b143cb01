import { z } from "zod";
import type { Mode } from "../../model/decision.ts";
import { tryParseEndpointPattern } from "../endpoint-pattern.ts";
import { modeOption } from "../mode-options.ts";
import { type ApiKeysOptions, apiKeysOptions } from "./authentication/api-key-options.ts";
import { type TokenOptions, tokenOptions } from "./authentication/token-options.ts";

export interface RequirementOptions {
  readonly require: readonly string[];
  readonly scopes: readonly string[];
}

interface RuleOptions extends RequirementOptions {
  readonly endpoints: readonly string[];
  readonly host?: string;
  readonly pathPrefix?: string;
}

export interface BasicUserOptions {
  readonly name: string;
  readonly passwordHash: string;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
}

export interface ClientCertificateOptions {
  readonly name: string;
  readonly thumbprint?: string;
  readonly subject?: string;
  readonly scopes: readonly string[];
  readonly roles: readonly string[];
}

export interface AuthenticationOptions {
  readonly mode?: Mode;
  readonly require?: readonly string[];
  readonly scopes: readonly string[];
  readonly rules: readonly RuleOptions[];
  readonly preflight: "allow" | "require";
  readonly realm: string;
  readonly tokens: readonly TokenOptions[];
  readonly tokenPlaces: {
    readonly headers: readonly string[];
    readonly query: readonly string[];
    readonly cookies: readonly string[];
  };
  readonly forwardIdentity?: string;
  readonly apiKeys?: ApiKeysOptions;
  readonly basic: readonly BasicUserOptions[];
  readonly clientCertificates: readonly ClientCertificateOptions[];
  readonly revoked: {
    readonly tokens: readonly string[];
    readonly subjects: readonly string[];
    readonly file?: string;
  };
}

const names = z.array(z.string().min(1).max(200)).max(1_000);
const lowerNames = z.array(
  z.string().regex(/^[a-z0-9._-]+$/, { error: "must be in small letters" }),
);

/** Keywords of `require`, besides the names of token verifiers. */
const requirementKeywords: readonly string[] = [
  "any",
  "optional",
  "token",
  "api-key",
  "basic",
  "client-certificate",
];

const requirement = {
  require: names
    .default([])
    .describe(
      "Accepted: `any`, `token`, `api-key`, `basic`, `client-certificate` or a token verifier's name; `optional`: only what is presented must be right; empty: nothing.",
    ),
  scopes: names.default([]).describe("Scopes that the caller must all have; else 403."),
};

const rule = z
  .strictObject({
    endpoints: z
      .array(
        z.string().refine((key) => tryParseEndpointPattern(key) !== undefined, {
          error: "must name an endpoint as `METHOD host/path`, such as `GET */health`",
        }),
      )
      .max(1_000)
      .default([])
      .describe("`METHOD host/path/{parameter}`; `*` stands for any method or host."),
    host: z.string().min(1).exactOptional().describe("Instead of endpoints: everything of a host."),
    pathPrefix: z
      .string()
      .startsWith("/")
      .exactOptional()
      .describe("Instead of endpoints: everything below a path."),
    ...requirement,
  })
  .refine(
    ({ endpoints, host, pathPrefix }) =>
      endpoints.length > 0 !== (host !== undefined || pathPrefix !== undefined),
    { error: "must name either endpoints, or a host or pathPrefix" },
  );

const basicUser = z.strictObject({
  name: z.string().min(1).max(200).describe("User name."),
  passwordHash: z
    .string()
    .regex(/^scrypt\$\d+\$\d+\$\d+\$[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+$/, {
      error: "must be a line that `merlon keys password` printed",
    })
    .describe("What `merlon keys password` prints for a password."),
  scopes: names.default([]).describe("What the user may do."),
  roles: names.default([]).describe("Roles of the user."),
});

const clientCertificate = z
  .strictObject({
    name: z.string().min(1).max(200).describe("Who it is, in decisions."),
    thumbprint: z
      .string()
      .regex(/^[A-Za-z0-9_-]{43}$/, { error: "must be SHA-256 of the DER form in base64url" })
      .exactOptional()
      .describe("SHA-256 of the certificate in base64url."),
    subject: z
      .string()
      .min(1)
      .exactOptional()
      .describe("Distinguished name, such as `CN=partner,O=Example`."),
    scopes: names.default([]).describe("What its holder may do."),
    roles: names.default([]).describe("Roles of its holder."),
  })
  .refine(({ thumbprint, subject }) => thumbprint !== undefined || subject !== undefined, {
    error: "must have a thumbprint or a subject",
  });

/** Options of the protection `authentication`. */
export const authenticationOptions: z.ZodType<AuthenticationOptions> = z
  .strictObject({
    mode: modeOption.exactOptional(),
    require: names
      .exactOptional()
      .describe(
        "As in `rules`, for everything else. Missing: `any` when something can be verified, else nothing.",
      ),
    scopes: requirement.scopes,
    rules: z
      .array(rule)
      .max(10_000)
      .default([])
      .describe("Requirements of single endpoints, hosts and paths; the most specific one counts."),
    preflight: z
      .enum(["allow", "require"])
      .default("allow")
      .describe("CORS preflights, which browsers send without credentials."),
    realm: z
      .string()
      .regex(/^[ -!#-[\]-~]{1,100}$/, { error: "must be plain text without quotes" })
      .default("api")
      .describe("Realm in `WWW-Authenticate`."),
    tokens: z.array(tokenOptions).max(50).default([]).describe("Issuers of tokens."),
    tokenPlaces: z
      .strictObject({
        headers: lowerNames.default([]).describe("Headers that hold a token and nothing else."),
        query: names.default([]).describe("Query parameters that hold a token."),
        cookies: names.default([]).describe("Cookies that hold a token."),
      })
      .prefault({})
      .describe("Where tokens are besides `Authorization: Bearer` and `DPoP`."),
    forwardIdentity: z
      .string()
      .regex(/^x-[a-z0-9-]{1,60}$/, {
        error: "must be a name in small letters that begins with x-",
      })
      .exactOptional()
      .describe(
        "Header in which the upstream is told the verified caller, as JSON; the client's own copy never passes.",
      ),
    apiKeys: apiKeysOptions.exactOptional(),
    basic: z.array(basicUser).max(10_000).default([]).describe("Users of Basic authentication."),
    clientCertificates: z
      .array(clientCertificate)
      .max(10_000)
      .default([])
      .describe("Known client certificates; `listen.tls.clientCa` must trust them."),
    revoked: z
      .strictObject({
        tokens: names.default([]).describe("`jti` of tokens that are not accepted any more."),
        subjects: names.default([]).describe("`sub` whose tokens are not accepted any more."),
        file: z
          .string()
          .min(1)
          .exactOptional()
          .describe('The same as JSON, `{"tokens": […], "subjects": […]}`, read when it changes.'),
      })
      .prefault({})
      .describe("Revoked tokens."),
  })
  .superRefine((options, context) => {
    const known = new Set([...requirementKeywords, ...options.tokens.map(({ name }) => name)]);
    const check = (list: readonly string[] | undefined, path: (string | number)[]): void => {
      for (const [index, word] of (list ?? []).entries()) {
        if (known.has(word)) continue;
        const message = `must be one of ${[...known].join(", ")}`;
        context.addIssue({ code: "custom", message, path: [...path, index] });
      }
    };
    check(options.require, ["require"]);
    for (const [index, { require }] of options.rules.entries()) {
      check(require, ["rules", index, "require"]);
    }
    for (const [index, { keys, introspection }] of options.tokens.entries()) {
      const { url, file, secretVariable, jwks = [] } = keys ?? {};
      const sources = [url, file, secretVariable].filter((source) => source !== undefined).length;
      const given = sources + (jwks.length > 0 ? 1 : 0);
      if (given === 1 || (keys === undefined && introspection !== undefined)) continue;
      if (given === 0 && options.tokens[index]?.decryption?.unsigned === "allow") continue;
      const message = "must have one of url, file, jwks and secretVariable";
      context.addIssue({ code: "custom", message, path: ["tokens", index, "keys"] });
    }
  })
  .describe("Tells who calls, and refuses who cannot prove it where that is required.");

/** The options with every file made absolute. */
export function withAuthenticationPaths(
  options: AuthenticationOptions,
  pathOf: (path: string) => string,
): AuthenticationOptions {
  const located = <Part extends { readonly file?: string }>(part: Part): Part =>
    part.file === undefined ? part : { ...part, file: pathOf(part.file) };
  const { apiKeys, revoked, tokens } = options;
  return {
    ...options,
    revoked: located(revoked),
    ...(apiKeys === undefined ? {} : { apiKeys: located(apiKeys) }),
    tokens: tokens.map((token) => ({
      ...token,
      ...(token.keys === undefined ? {} : { keys: located(token.keys) }),
      ...(token.decryption === undefined ? {} : { decryption: located(token.decryption) }),
    })),
  };
}
