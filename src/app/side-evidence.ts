import type { Inventory } from "../discovery/inventory.ts";
import { decodedBodyOf } from "../http/decompression.ts";
import { textOf } from "../http/text-decoding.ts";
import { type Decision, isHostile } from "../model/decision.ts";
import { type Exchange, headerOf } from "../model/exchange.ts";
import { judgeAnsweredAttack } from "../risk/answered-attack.ts";
import type { TokenAudit } from "../risk/token-secrets/token-audit.ts";

/** Finds out what no single look at an endpoint tells: answered attacks, guessable secrets. */
export interface SideEvidence {
  note(exchange: Exchange, decision: Decision | undefined, endpointId: string): void;
}

const answerBytesMax = 262_144;

export function createSideEvidence(parts: {
  readonly inventory: Pick<Inventory, "endpoint" | "recordObservation">;
  readonly tokens: TokenAudit;
}): SideEvidence {
  const { inventory, tokens } = parts;
  return {
    note(exchange, decision, endpointId) {
      const status = exchange.response?.status ?? 0;
      if (decision !== undefined && isHostile(decision)) {
        const observation = answeredAttack(exchange, decision, inventory.endpoint(endpointId));
        if (observation !== undefined) inventory.recordObservation(endpointId, observation);
      } else if (status >= 200 && status < 300) {
        for (const token of tokensOf(exchange)) tokens.offer(token, endpointId);
      }
    },
  };
}

function answeredAttack(
  { response }: Exchange,
  decision: Decision,
  endpoint: ReturnType<Inventory["endpoint"]>,
): string | undefined {
  if (response?.body === undefined || decision.action === "block") return undefined;
  const { bytes } = decodedBodyOf(response.headers, response.body.bytes, answerBytesMax);
  return judgeAnsweredAttack(decision, {
    status: response.status,
    text: textOf(response.headers, bytes) ?? "",
    bytesTotal: response.body.bytesTotal,
    largestHonestBytes: endpoint?.measures?.["largest-answer-bytes"] ?? 0,
    honestAnswers: endpoint?.measures?.["answers"] ?? 0,
  });
}

const cookiesMax = 32;

/** JSON web tokens in `Authorization` and cookies. */
function tokensOf({ request }: Exchange): readonly string[] {
  const authorization = headerOf(request.headers, "authorization") ?? "";
  const cookies = (headerOf(request.headers, "cookie") ?? "")
    .split(";", cookiesMax)
    .map((pair) => pair.slice(pair.indexOf("=") + 1).trim());
  return [authorization.slice(authorization.indexOf(" ") + 1), ...cookies].filter((value) =>
    value.startsWith("eyJ"),
  );
}
