import type { ControlQuery } from "./control.ts";

const personal = [
  "email",
  "phone",
  "person-name",
  "address",
  "date-of-birth",
  "national-id",
  "geolocation",
  "health",
  "iban",
  "passport",
  "driving-licence",
];

type Question =
  | "accessControl"
  | "authentication"
  | "credentialCare"
  | "transport"
  | "inventory"
  | "ownership"
  | "patching"
  | "injection"
  | "errors"
  | "hardening"
  | "availability"
  | "attacks"
  | "contract"
  | "minimisation"
  | "dataInUrls"
  | "sensitiveAnswers"
  | "cardNumbers"
  | "cardCodes"
  | "healthAccess"
  | "personalAccess"
  | "personalUndocumented"
  | "caching"
  | "sessions";

/** What frameworks ask in many words, asked of findings once. */
export const questions: Readonly<Record<Question, ControlQuery>> = {
  accessControl: {
    factors: [
      "no-authentication",
      "ignored-authentication",
      "object-without-owner",
      "unsafe-method-without-authentication",
      "guessable-identifiers",
    ],
  },
  authentication: {
    factors: [
      "no-authentication",
      "ignored-authentication",
      "unsigned-token",
      "weak-token-secret",
      "guessable-password",
      "expired-token-accepted",
      "basic-authentication",
    ],
  },
  credentialCare: {
    factors: [
      "credentials-in-url",
      "weak-token-secret",
      "guessable-password",
      "token-without-expiry",
      "basic-authentication",
      "careless-session-cookie",
    ],
  },
  transport: { factors: ["cleartext"] },
  inventory: { factors: ["undocumented", "deprecated", "old-version", "drift", "missing-owner"] },
  ownership: { factors: ["missing-owner", "undocumented"] },
  patching: { factors: ["vulnerable-workload"] },
  injection: { factors: ["database-errors", "answered-attacks"] },
  errors: { factors: ["verbose-errors", "database-errors", "server-version"] },
  hardening: {
    factors: [
      "permissive-cors",
      "missing-security-headers",
      "server-version",
      "verbose-errors",
      "graphql-introspection",
      "private-answer-cacheable",
    ],
  },
  availability: { factors: ["no-rate-limit", "large-unpaged-list"] },
  attacks: { factors: ["answered-attacks", "attacks-seen"] },
  contract: { factors: ["specification-lint", "drift"] },
  minimisation: { factors: ["excessive-data"] },
  dataInUrls: { factors: ["sensitive-data-in-url", "credentials-in-url"] },
  sensitiveAnswers: { factors: ["sensitive-data-in-response", "excessive-data"] },
  cardNumbers: { factors: ["sensitive-data-in-response"], dataClasses: ["payment-card"] },
  cardCodes: { factors: ["sensitive-data-in-response"], dataClasses: ["card-security-code"] },
  healthAccess: {
    factors: ["no-authentication", "ignored-authentication", "object-without-owner"],
    dataClasses: ["health"],
  },
  personalAccess: {
    factors: ["no-authentication", "ignored-authentication", "object-without-owner"],
    dataClasses: personal,
  },
  personalUndocumented: { factors: ["undocumented", "missing-owner"], dataClasses: personal },
  caching: { factors: ["private-answer-cacheable"] },
  sessions: {
    factors: ["careless-session-cookie", "token-without-expiry", "expired-token-accepted"],
  },
};
