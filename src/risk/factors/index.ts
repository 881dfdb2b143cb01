import type { RiskFactor } from "../risk-factor.ts";
import { answeredAttacks } from "./answered-attacks.ts";
import { attacksSeen } from "./attacks-seen.ts";
import { basicAuthentication } from "./basic-authentication.ts";
import { carelessSessionCookie } from "./careless-session-cookie.ts";
import { cleartext } from "./cleartext.ts";
import { credentialsInUrl } from "./credentials-in-url.ts";
import { databaseErrors } from "./database-errors.ts";
import { deprecated } from "./deprecated.ts";
import { drift } from "./drift.ts";
import { excessiveData } from "./excessive-data.ts";
import { expiredTokenAccepted } from "./expired-token-accepted.ts";
import { exposure } from "./exposure.ts";
import { graphqlIntrospection } from "./graphql-introspection.ts";
import { guessableIdentifiers } from "./guessable-identifiers.ts";
import { guessablePassword } from "./guessable-password.ts";
import { ignoredAuthentication } from "./ignored-authentication.ts";
import { largeUnpagedList } from "./large-unpaged-list.ts";
import { missingOwner } from "./missing-owner.ts";
import { missingSecurityHeaders } from "./missing-security-headers.ts";
import { noAuthentication } from "./no-authentication.ts";
import { noRateLimit } from "./no-rate-limit.ts";
import { objectWithoutOwner } from "./object-without-owner.ts";
import { oldVersion } from "./old-version.ts";
import { permissiveCors } from "./permissive-cors.ts";
import { privateAnswerCacheable } from "./private-answer-cacheable.ts";
import { sensitiveDataInRequest } from "./sensitive-data-in-request.ts";
import { sensitiveDataInResponse } from "./sensitive-data-in-response.ts";
import { sensitiveDataInUrl } from "./sensitive-data-in-url.ts";
import { serverVersion } from "./server-version.ts";
import { specificationLint } from "./specification-lint.ts";
import { tokenWithoutExpiry } from "./token-without-expiry.ts";
import { undocumented } from "./undocumented.ts";
import { unsafeMethodWithoutAuthentication } from "./unsafe-method-without-authentication.ts";
import { unsignedToken } from "./unsigned-token.ts";
import { verboseErrors } from "./verbose-errors.ts";
import { vulnerableWorkload } from "./vulnerable-workload.ts";
import { weakTokenSecret } from "./weak-token-secret.ts";

/** All risk factors, those about access first. */
export const builtInRiskFactors: readonly RiskFactor[] = [
  noAuthentication,
  ignoredAuthentication,
  objectWithoutOwner,
  unsafeMethodWithoutAuthentication,
  guessableIdentifiers,
  unsignedToken,
  weakTokenSecret,
  guessablePassword,
  expiredTokenAccepted,
  tokenWithoutExpiry,
  basicAuthentication,
  credentialsInUrl,
  sensitiveDataInResponse,
  sensitiveDataInUrl,
  sensitiveDataInRequest,
  excessiveData,
  largeUnpagedList,
  undocumented,
  deprecated,
  oldVersion,
  drift,
  missingOwner,
  vulnerableWorkload,
  specificationLint,
  databaseErrors,
  verboseErrors,
  permissiveCors,
  privateAnswerCacheable,
  cleartext,
  carelessSessionCookie,
  missingSecurityHeaders,
  serverVersion,
  noRateLimit,
  graphqlIntrospection,
  attacksSeen,
  answeredAttacks,
  exposure,
];
