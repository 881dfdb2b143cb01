import type { Decision } from "../model/decision.ts";
import {
  type HttpRequest,
  type HttpResponse,
  headerOf,
  type RequestHead,
} from "../model/exchange.ts";
import type { Connection, ExchangeRecord, Guard, Transaction } from "../protection/guard.ts";
import type { ReadExchange, ReadRaw } from "../sources/files/read-result.ts";
import { parseRawRequest } from "../sources/gateway/raw-request.ts";

/** What `merlon inspect --json` writes of each exchange. */
export interface InspectedExchange {
  readonly id: string;
  readonly action: "allow" | "block";
  readonly status?: number;
  readonly score: number;
  readonly detections: readonly {
    readonly detector: string;
    readonly confidence: string;
    readonly location: string;
    readonly name: string;
    readonly evidence: string;
    readonly explanation: string;
  }[];
  /** Those that would block it. */
  readonly protections: readonly string[];
}

interface Inspected {
  readonly id: string;
  /** Missing when there is nothing to tell. */
  readonly decision: Decision | undefined;
}

/** Takes recorded exchanges through a guard, one after the other, and gives the decision about each. */
export interface Inspection {
  inspect(read: ReadExchange | ReadRaw): Promise<Inspected>;
}

/** Builds an inspection around a guard that is made with the recorder it is given. */
export function createInspection(
  createGuardWith: (record: (record: ExchangeRecord) => void) => Guard,
): Inspection {
  let last: Decision | undefined;
  const guard = createGuardWith(({ decision }) => {
    last = decision;
  });

  return {
    async inspect(read) {
      last = undefined;
      const { id, ...rest } = "raw" in read ? read : read.exchange;
      const connection = connectionOf({ id, ...rest });
      const parsed = "raw" in read ? parseRawRequest(read.raw) : read.exchange;
      if ("refusal" in parsed) {
        guard.refused(connection, parsed.refusal);
      } else {
        const transaction = guard.open(connection);
        await runPhases(transaction, parsed.request, rest.response);
        transaction.close();
      }
      return { id, decision: last };
    },
  };
}

function connectionOf(from: Connection & { readonly id: string }): Connection {
  const { id, timeMs, client, destination } = from;
  return {
    id,
    client,
    ...(timeMs === undefined ? {} : { timeMs }),
    ...(destination === undefined ? {} : { destination }),
  };
}

/** All phases, whatever the verdicts: a decision shall tell everything that is wrong. */
async function runPhases(
  transaction: Transaction,
  request: HttpRequest,
  response: HttpResponse | undefined,
): Promise<void> {
  await transaction.requestHeaders(withLength(request, request.body?.bytes.length));
  if (request.body !== undefined) {
    const plan = transaction.requestBodyPlan();
    const { bytes, bytesTotal } = request.body;
    const seen = bytes.subarray(0, plan.bytesMax);
    if (plan.treatment !== "skip") {
      await transaction.requestBody(seen, seen.length >= bytesTotal);
    }
  }
  if (response === undefined) return;
  await transaction.responseHeaders(response);
  if (response.body === undefined) return;
  const plan = transaction.responseBodyPlan();
  const seen = response.body.bytes.subarray(0, plan.bytesMax);
  if (plan.treatment !== "skip") {
    await transaction.responseBody(seen, seen.length >= response.body.bytesTotal);
  }
}

/** Recordings often leave out the header that announces the body they have. */
function withLength(head: RequestHead, length: number | undefined): RequestHead {
  const isAnnounced =
    headerOf(head.headers, "content-length") !== undefined ||
    headerOf(head.headers, "transfer-encoding") !== undefined;
  if (length === undefined || isAnnounced) return head;
  return { ...head, headers: [...head.headers, ["content-length", String(length)]] };
}

/** The decision as one line of output; an exchange without one is allowed. */
export function inspectedExchangeOf(id: string, decision: Decision | undefined): InspectedExchange {
  if (decision === undefined) {
    return { id, action: "allow", score: 0, detections: [], protections: [] };
  }
  const blocking = decision.verdicts.filter(({ action }) => action === "block");
  return {
    id,
    action: decision.wouldBe,
    ...(decision.status === undefined ? {} : { status: decision.status }),
    score: decision.score,
    detections: decision.detections.map(
      ({ detector, confidence, location, name, evidence, explanation }) => ({
        detector,
        confidence,
        location,
        name,
        evidence,
        explanation,
      }),
    ),
    protections: [...new Set(blocking.map(({ protection }) => protection))],
  };
}
