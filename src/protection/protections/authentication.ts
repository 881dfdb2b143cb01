import { hash } from "node:crypto";
import type { Principal } from "../../model/principal.ts";
import { allow, type Verdict } from "../../model/verdict.ts";
import type { Awaitable, ExchangeContext, Protection } from "../protection.ts";
import { type BoundedCache, createBoundedCache } from "./authentication/bounded-cache.ts";
import { claimedPrincipalOf } from "./authentication/claimed-principal.ts";
import { createCredentialVerifier } from "./authentication/credential-verifier.ts";
import {
  type Credential,
  type CredentialPlaces,
  credentialsOf,
} from "./authentication/credentials.ts";
import { type Challenges, decide, type Judged } from "./authentication/decide.ts";
import { createRequirementLookup } from "./authentication/requirements.ts";
import {
  type AuthenticationOptions,
  authenticationOptions,
  withAuthenticationPaths,
} from "./authentication-options.ts";
import { defineProtection, type ProtectionFactory } from "./protection-definition.ts";

/** Claims of tokens weigh most; 32 MB hold some 20,000 callers. */
const CACHE_CHARACTERS_MAX = 33_554_432;

/** Tells who calls, and refuses who cannot prove it where that is required. */
export const authentication: ProtectionFactory = defineProtection<AuthenticationOptions>({
  id: "authentication",
  summary: "Tells who calls, and refuses who cannot prove it where that is required.",
  options: authenticationOptions,
  withPaths: withAuthenticationPaths,

  create(options, { now, installation }): Protection {
    const { forwardIdentity } = options;
    const places = placesOf(options);
    const verifier = createCredentialVerifier(options, { now, installation });
    const requirementOf = createRequirementLookup(options, verifier.isAny ? ["any"] : []);
    const challenges = challengesOf(options);
    const claimed: BoundedCache<Principal> = createBoundedCache(CACHE_CHARACTERS_MAX);

    function claimedBy(credential: Credential, digest: string): Principal {
      const known = claimed.get(digest);
      if (known !== undefined) return known;
      const principal = claimedPrincipalOf(credential, installation.digestKey);
      claimed.set(digest, principal, credential.value.length + digest.length);
      return principal;
    }

    function judge(context: ExchangeContext): Awaitable<Verdict> {
      const presented = credentialsOf(context.request, places).map((credential) => ({
        credential,
        digest: hash("sha256", `${credential.kind} ${credential.value}`, "base64url"),
      }));
      const [first] = presented;
      if (first !== undefined) context.identify(claimedBy(first.credential, first.digest));
      else identifyByCertificate(context);

      if (forwardIdentity !== undefined) context.setUpstreamHeader(forwardIdentity);

      const requirement = requirementOf(context.request);
      if (requirement.isNone) return allow;
      const judged = verifier.verify(presented, context);
      const settle = (all: readonly Judged[]): Verdict => {
        const { principal, verdict } = decide(all, requirement, challenges);
        if (principal !== undefined) {
          context.identify(principal);
          if (forwardIdentity !== undefined) {
            context.setUpstreamHeader(forwardIdentity, identityOf(principal));
          }
        }
        return verdict;
      };
      return judged instanceof Promise ? judged.then(settle) : settle(judged);
    }

    return { id: authentication.id, summary: authentication.summary, onRequestHeaders: judge };
  },
});

/** Kind, id, scopes and roles as JSON in ASCII, for a header. */
function identityOf({ kind, id, scopes = [], roles = [] }: Principal): string {
  return JSON.stringify({ kind, id, scopes, roles }).replace(
    /[^ -~]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function identifyByCertificate(context: ExchangeContext): void {
  const { clientCertificate } = context;
  if (clientCertificate === undefined) return;
  const { authorized, thumbprint } = clientCertificate;
  // The handshake proved that the client has its key; whose it is, only an authority can say.
  context.identify({ kind: "client-certificate", id: thumbprint, verified: authorized });
}

function placesOf({ tokenPlaces, apiKeys }: AuthenticationOptions): CredentialPlaces {
  return {
    tokenHeaders: new Set(tokenPlaces.headers),
    tokenQuery: new Set(tokenPlaces.query),
    tokenCookies: new Set(tokenPlaces.cookies),
    keyHeaders: new Set(apiKeys?.headers),
    keyQuery: new Set(apiKeys?.query),
  };
}

function challengesOf({ realm, tokens, apiKeys, basic }: AuthenticationOptions): Challenges {
  return {
    realm,
    token: tokens.length > 0,
    dpop: tokens.some(({ proofOfPossession }) => proofOfPossession === "required"),
    apiKey: apiKeys !== undefined,
    basic: basic.length > 0,
  };
}
