import { isRecord } from "../../../model/is-record.ts";
import type { Installation } from "../../installation.ts";
import type { Awaitable, ExchangeContext } from "../../protection.ts";
import type { AuthenticationOptions } from "../authentication-options.ts";
import { createApiKeyVerifier } from "./api-key-verifier.ts";
import { createBasicVerifier } from "./basic-verifier.ts";
import { createCertificateVerifier } from "./certificate-verifier.ts";
import { bytesOf, tryParseCompactToken } from "./compact-token.ts";
import type { Credential } from "./credentials.ts";
import type { Judged } from "./decide.ts";
import { isRevoked, type Revocations, tryReadRevocations } from "./revocations.ts";
import { tryParseStrictObject } from "./strict-json.ts";
import { TokenVerifier } from "./token-verifier.ts";
import { refused, type Verification } from "./verification.ts";
import { watchJsonFile } from "./watched-file.ts";

/** A credential with the digest that names it in caches. */
interface PresentedCredential {
  readonly credential: Credential;
  readonly digest: string;
}

/** Verifies whatever the configuration has means for. */
export interface CredentialVerifier {
  /** Whether there is anything that can be verified. */
  readonly isAny: boolean;
  /** One entry for each credential that could be verified, in order; others are left out. */
  verify(
    presented: readonly PresentedCredential[],
    context: ExchangeContext,
  ): Awaitable<readonly Judged[]>;
}

/** Builds the verifiers; throws ERR_CONFIG_INVALID when what they need is not there. */
export function createCredentialVerifier(
  options: AuthenticationOptions,
  parts: { readonly now: () => number; readonly installation: Installation },
): CredentialVerifier {
  const { apiKeys, basic, clientCertificates } = options;
  const tokens = createTokenVerifiers(options, parts);
  const keys = apiKeys === undefined ? undefined : createApiKeyVerifier(apiKeys, parts.now);
  const users = basic.length === 0 ? undefined : createBasicVerifier(basic, parts.now);
  const certificate = createCertificateVerifier(clientCertificates);
  const wantsCertificates =
    clientCertificates.length > 0 || isRequired(options, "client-certificate");

  function judge(
    { credential, digest }: PresentedCredential,
    context: ExchangeContext,
  ): Awaitable<Judged> | undefined {
    const { kind, value, isConfigured } = credential;
    if (!isConfigured) return undefined;
    if (kind === "api-key" && keys !== undefined) {
      return { schemes: [kind], verification: keys.verify(value, context.timeMs) };
    }
    if (kind === "basic" && users !== undefined) {
      return judgedAs([kind], users.verify(value, digest));
    }
    return kind === "token" && tokens.length > 0
      ? judgeToken(tokens, credential, digest, context)
      : undefined;
  }

  return {
    isAny: tokens.length > 0 || keys !== undefined || users !== undefined || wantsCertificates,
    verify(presented, context) {
      const { clientCertificate } = context;
      const judged: Awaitable<Judged>[] = [];
      if (isAuthorizedTwice(presented, context)) judged.push(twice);
      for (const one of presented) {
        const found = judge(one, context);
        if (found !== undefined) judged.push(found);
      }
      if (wantsCertificates && clientCertificate !== undefined) {
        judged.push({
          schemes: ["client-certificate"],
          verification: certificate(clientCertificate),
        });
      }
      return isSettled(judged) ? judged : Promise.all(judged);
    },
  };
}

const twice: Judged = {
  schemes: [],
  verification: {
    outcome: "refused",
    reason: "Authorization is given more than once",
    error: "invalid_request",
  },
};

/** Of two, Merlon might verify one and the upstream believe the other. */
function isAuthorizedTwice(
  presented: readonly PresentedCredential[],
  { request }: ExchangeContext,
): boolean {
  if (presented.length < 2) return false;
  return request.headers.filter(([name]) => name === "authorization").length > 1;
}

function isSettled(judged: readonly Awaitable<Judged>[]): judged is readonly Judged[] {
  return !judged.some((one) => one instanceof Promise);
}

function judgedAs(
  schemes: readonly string[],
  verification: Awaitable<Verification>,
): Awaitable<Judged> {
  if (!(verification instanceof Promise)) return { schemes, verification };
  return verification.then((settled) => ({ schemes, verification: settled }));
}

function judgeToken(
  verifiers: readonly TokenVerifier[],
  { value, scheme }: Credential,
  digest: string,
  context: ExchangeContext,
): Awaitable<Judged> {
  const verifier = verifierOf(verifiers, value);
  if (verifier === undefined) {
    return { schemes: ["token"], verification: refused("the token is from no known issuer (iss)") };
  }
  const { request, timeMs, clientCertificate } = context;
  const presented = { token: value, scheme, request, timeMs, clientCertificate };
  return judgedAs(["token", verifier.name], verifier.verify(presented, digest));
}

/** The verifier of the issuer that the token names; else the first that does not look at issuers. */
function verifierOf(verifiers: readonly TokenVerifier[], text: string): TokenVerifier | undefined {
  const [only] = verifiers;
  if (verifiers.length === 1) return only;
  const token = tryParseCompactToken(text);
  const claims = token?.kind === "jws" ? tryParseStrictObject(bytesOf(token.parts[1])) : undefined;
  const issuer = isRecord(claims) ? claims["iss"] : undefined;
  const named = verifiers.find(({ issuers }) => issuers.some((known) => known === issuer));
  return named ?? verifiers.find(({ issuers }) => issuers.length === 0);
}

function createTokenVerifiers(
  options: AuthenticationOptions,
  parts: { readonly now: () => number; readonly installation: Installation },
): readonly TokenVerifier[] {
  const { tokens, revoked } = options;
  const revocations = createRevocations(revoked, parts.now);
  return tokens.map(
    (token, index) =>
      new TokenVerifier(token, {
        ...parts,
        isRevoked: (claims) => revocations.some((list) => isRevoked(claims, list())),
        setting: `protections.authentication.tokens[${index}]`,
        subjectPrefix: tokens.length > 1 ? `${token.name}:` : "",
      }),
  );
}

/** The lists of the configuration and of its file. */
function createRevocations(
  { tokens, subjects, file }: AuthenticationOptions["revoked"],
  now: () => number,
): readonly (() => Revocations)[] {
  const written: Revocations = { tokens: new Set(tokens), subjects: new Set(subjects) };
  if (file === undefined) return [() => written];
  const setting = "protections.authentication.revoked.file";
  const watched = watchJsonFile(file, { setting, now, read: tryReadRevocations });
  return [() => written, () => watched.current()];
}

function isRequired({ require = [], rules }: AuthenticationOptions, scheme: string): boolean {
  return require.includes(scheme) || rules.some((rule) => rule.require.includes(scheme));
}
