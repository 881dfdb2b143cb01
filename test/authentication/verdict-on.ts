import { z } from "zod";
import type { ClientCertificate } from "../../src/model/client-certificate.ts";
import type { Decision, Mode } from "../../src/model/decision.ts";
import type { Header, RequestHead } from "../../src/model/exchange.ts";
import type { Principal } from "../../src/model/principal.ts";
import { allow, type Verdict } from "../../src/model/verdict.ts";
import { createGuard } from "../../src/protection/create-guard.ts";
import type { Guard } from "../../src/protection/guard.ts";
import { createInstallation, type Installation } from "../../src/protection/installation.ts";
import { authentication } from "../../src/protection/protections/authentication.ts";
import { defineProtection } from "../../src/protection/protections/protection-definition.ts";

export interface Sent {
  readonly method?: string;
  readonly path?: string;
  readonly query?: string;
  readonly authority?: string;
  readonly headers?: readonly Header[];
  readonly clientCertificate?: ClientCertificate;
  readonly timeMs?: number;
}

interface Answered {
  readonly verdict: Verdict;
  /** Whom the protections that follow get to see. */
  readonly principal: Principal | undefined;
  readonly decision: Decision | undefined;
}

export interface Asked {
  ask(sent: Sent): Promise<Answered>;
}

/** A guard with nothing but authentication, that tells whom it recognised. */
export function createAsked(
  options: object,
  parts: {
    readonly mode?: Mode;
    readonly now?: () => number;
    readonly installation?: Installation;
  } = {},
): Asked {
  const { mode = "enforce", now = Date.now, installation = createInstallation() } = parts;
  let principal: Principal | undefined;
  let decision: Decision | undefined;
  const witness = defineProtection<{ readonly mode?: Mode }>({
    id: "witness",
    summary: "Sees whom earlier protections recognised.",
    options: z.object({}),
    create: () => ({
      id: "witness",
      summary: "",
      onRequestHeaders(context) {
        principal = context.principal;
        return allow;
      },
    }),
  });
  const guard: Guard = createGuard({
    policy: {
      mode,
      onFailure: "allow",
      protections: { authentication: options as Record<string, unknown> },
      apis: [],
      endpoints: [],
      exceptions: [],
    },
    record: (record) => {
      decision = record.decision;
    },
    now,
    newId: () => "id",
    installation,
    failed: (part, error) => {
      throw new Error(`${part} failed`, { cause: error });
    },
    protections: [authentication, witness],
  });
  return {
    async ask({ headers = [], clientCertificate, timeMs = now(), ...head }) {
      principal = undefined;
      decision = undefined;
      const transaction = guard.open({
        client: "192.0.2.1",
        timeMs,
        ...(clientCertificate === undefined ? {} : { clientCertificate }),
      });
      const request: RequestHead = {
        method: "GET",
        scheme: "https",
        authority: "api.example",
        path: "/orders",
        query: "",
        httpVersion: "1.1",
        headers,
        ...head,
      };
      const verdict = await transaction.requestHeaders(request);
      transaction.close();
      return { verdict, principal, decision };
    },
  };
}

/** The verdict on one request under these options, enforced. */
export async function verdictOn({
  options,
  ...sent
}: Sent & { readonly options: object }): Promise<Verdict> {
  return (await createAsked(options).ask(sent)).verdict;
}
