import { allow, block, type Verdict } from "../../model/verdict.ts";
import type { Awaitable, ExchangeContext, Protection } from "../protection.ts";
import { type LeakedPasswords, openLeakedPasswords } from "./credential-abuse/leaked-passwords.ts";
import {
  basicAttemptOf,
  type LoginAttempt,
  loginAttemptOf,
} from "./credential-abuse/login-attempt.ts";
import { type AttemptHistory, LoginCounters } from "./credential-abuse/login-counters.ts";
import { loginOutcomeOf } from "./credential-abuse/login-outcome.ts";
import { type CredentialAbuseOptions, credentialAbuseOptions } from "./credential-abuse-options.ts";
import { defineProtection, type ProtectionFactory } from "./protection-definition.ts";
import { createEndpointFilter } from "./rate-limits/endpoint-filter.ts";

/**
 * Tells guessing from logging in: brute force, credential stuffing, password spraying
 * (OWASP API2:2023 broken authentication).
 */
export const credentialAbuse: ProtectionFactory = defineProtection<CredentialAbuseOptions>({
  id: "credential-abuse",
  summary: "Stops brute force, credential stuffing and password spraying on logins.",
  options: credentialAbuseOptions,

  create(options, { installation }): Protection {
    const counters = new LoginCounters(installation, options);
    const isNamed =
      options.endpoints.length === 0 ? () => false : createEndpointFilter(options.endpoints);
    const leaked =
      options.leakedPasswords === undefined
        ? undefined
        : openLeakedPasswords(options.leakedPasswords);
    const attempts = new WeakMap<ExchangeContext, LoginAttempt>();

    const judge = (context: ExchangeContext, attempt: LoginAttempt): Promise<Verdict> => {
      attempts.set(context, attempt);
      return judgeAttempt(context, attempt, { counters, options, leaked });
    };

    return {
      id: credentialAbuse.id,
      summary: credentialAbuse.summary,
      onRequestHeaders(context): Awaitable<Verdict> {
        const attempt = options.recognise ? basicAttemptOf(context.request.headers) : undefined;
        return attempt === undefined ? allow : judge(context, attempt);
      },
      onRequestBody(context): Awaitable<Verdict> {
        const named = isNamed(context);
        if (!named && !options.recognise) return allow;
        const attempt = loginAttemptOf(context, named);
        return attempt === undefined ? allow : judge(context, attempt);
      },
      onClose(context) {
        const attempt = attempts.get(context);
        if (attempt === undefined) return;
        const outcome = loginOutcomeOf(context, attempt);
        if (outcome === "unknown") return;
        void counters.note(context.client, attempt, outcome, context.timeMs);
      },
    };
  },
});

interface Judging {
  readonly counters: LoginCounters;
  readonly options: CredentialAbuseOptions;
  readonly leaked: LeakedPasswords | undefined;
}

async function judgeAttempt(
  context: ExchangeContext,
  attempt: LoginAttempt,
  { counters, options, leaked }: Judging,
): Promise<Verdict> {
  const history = await counters.historyOf(context.client, attempt, context.timeMs);
  const reason = reasonAgainst(history, options);
  if (reason !== undefined) {
    const headers = [["retry-after", String(options.windowSeconds)]] as const;
    return block({ status: 429, reason, headers });
  }
  if (leaked === undefined || !(await leaked.has(attempt.password))) return allow;
  return { action: "allow", detections: [leakedDetection] };
}

function reasonAgainst(
  history: AttemptHistory,
  options: CredentialAbuseOptions,
): string | undefined {
  const within = `in ${options.windowSeconds} s`;
  if (history.failures >= options.failuresMax) {
    return `brute force: ${history.failures} failures of this client with this account ${within}`;
  }
  if (history.isFamiliar) return undefined;
  if (
    history.clientAccounts >= options.accountsMax &&
    history.clientAccounts > history.clientSuccesses
  ) {
    return `credential stuffing: this client failed with ${history.clientAccounts} accounts ${within}`;
  }
  if (history.passwordAccounts >= options.passwordAccountsMax) {
    return `password spraying: ${history.passwordAccounts} accounts failed with this password ${within}`;
  }
  if (history.accountFailures >= options.accountFailuresMax) {
    return `distributed brute force: ${history.accountFailures} failures of this account ${within}`;
  }
  return undefined;
}

/** Says nothing of the password itself, which must be in no record. */
const leakedDetection = {
  detector: "leaked-password",
  confidence: "low",
  location: "body",
  name: "(password)",
  part: "value",
  evidence: "(not shown)",
  span: { start: 0, end: 0 },
  value: "(not shown)",
  steps: [],
  explanation:
    "The password of this login is in the given list of leaked ones: whoever has the list can log in too.",
} as const;
