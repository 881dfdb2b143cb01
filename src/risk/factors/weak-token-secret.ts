import type { RiskFactor } from "../risk-factor.ts";
import { counted } from "./counting.ts";

/** Anybody can sign tokens: the key is a word that was guessed. */
export const weakTokenSecret: RiskFactor = {
  id: "weak-token-secret",
  summary: "Tokens are signed with a secret from a word list.",
  remedy:
    "Replace the signing secret with at least 32 random bytes, or sign with a private key (ES256, RS256), and invalidate every token signed so far.",
  references: ["API2:2023", "API2:2019", "CWE-521", "CWE-326"],

  assess({ observations }) {
    const tokens = observations["weak-token-secret"] ?? 0;
    if (tokens === 0) return undefined;
    return {
      // Found, not inferred: a signature that verifies cannot be chance.
      confidence: 1,
      seen: tokens,
      evidence: `The signature of ${counted(tokens, "distinct token")} verified under a secret of the word list, tried offline.`,
    };
  },
};
