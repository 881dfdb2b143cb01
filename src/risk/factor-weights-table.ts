/**
 * How far a factor alone moves likelihood (that somebody abuses the endpoint) and impact (what that
 * costs) from 0 towards 1, at full strength and confidence. The only place with numbers to tune.
 */
export interface FactorWeight {
  readonly likelihood: number;
  readonly impact: number;
}

export const factorWeights: Readonly<Record<string, FactorWeight>> = {
  exposure: { likelihood: 0.4, impact: 0.08 },

  "no-authentication": { likelihood: 0.6, impact: 0.25 },
  "ignored-authentication": { likelihood: 0.5, impact: 0.25 },
  "object-without-owner": { likelihood: 0.2, impact: 0.35 },
  "unsafe-method-without-authentication": { likelihood: 0.1, impact: 0.35 },
  "guessable-identifiers": { likelihood: 0.25, impact: 0.15 },
  "unsigned-token": { likelihood: 0.5, impact: 0.4 },
  "weak-token-secret": { likelihood: 0.6, impact: 0.5 },
  "guessable-password": { likelihood: 0.6, impact: 0.4 },
  "expired-token-accepted": { likelihood: 0.35, impact: 0.3 },
  "token-without-expiry": { likelihood: 0.15, impact: 0.15 },
  "basic-authentication": { likelihood: 0.15, impact: 0.05 },

  "sensitive-data-in-response": { likelihood: 0.05, impact: 0.75 },
  "sensitive-data-in-request": { likelihood: 0, impact: 0.25 },
  "sensitive-data-in-url": { likelihood: 0.1, impact: 0.3 },
  "credentials-in-url": { likelihood: 0.3, impact: 0.4 },
  "excessive-data": { likelihood: 0.05, impact: 0.2 },
  "large-unpaged-list": { likelihood: 0.1, impact: 0.1 },

  undocumented: { likelihood: 0.2, impact: 0.1 },
  deprecated: { likelihood: 0.25, impact: 0.15 },
  "old-version": { likelihood: 0.2, impact: 0.05 },

  drift: { likelihood: 0.12, impact: 0.08 },
  "missing-owner": { likelihood: 0.08, impact: 0.08 },
  "vulnerable-workload": { likelihood: 0.5, impact: 0.6 },
  "specification-lint": { likelihood: 0.05, impact: 0.04 },

  "database-errors": { likelihood: 0.5, impact: 0.5 },
  "verbose-errors": { likelihood: 0.15, impact: 0.1 },
  "permissive-cors": { likelihood: 0.25, impact: 0.25 },
  "missing-security-headers": { likelihood: 0.04, impact: 0.02 },
  "careless-session-cookie": { likelihood: 0.1, impact: 0.1 },
  "private-answer-cacheable": { likelihood: 0.12, impact: 0.2 },
  cleartext: { likelihood: 0.2, impact: 0.15 },
  "server-version": { likelihood: 0.04, impact: 0 },
  "no-rate-limit": { likelihood: 0.08, impact: 0.03 },
  "graphql-introspection": { likelihood: 0.15, impact: 0.05 },

  "attacks-seen": { likelihood: 0.3, impact: 0.05 },
  "answered-attacks": { likelihood: 0.8, impact: 0.7 },
};
