import { randomUUID } from "node:crypto";
import { stat } from "node:fs/promises";
import type { Inventory } from "../discovery/inventory.ts";
import type { Decision } from "../model/decision.ts";
import type { Exchange } from "../model/exchange.ts";
import { createGuard } from "../protection/create-guard.ts";
import type { Policy } from "../protection/policy.ts";
import { printable } from "../protection/printable.ts";
import type { ReadOptions } from "../sources/files/read-exchanges.ts";
import type { ReadExchange, ReadRaw } from "../sources/files/read-result.ts";
import { parseRawRequest } from "../sources/gateway/raw-request.ts";
import { createInspection, type Inspection } from "./inspect-exchange.ts";
import { createProgress } from "./progress.ts";
import { readableExchanges } from "./readable-exchanges.ts";

export interface LearnedSources {
  readonly exchanges: number;
  readonly unreadable: number;
}

/** What is needed to tell attacks in the traffic; without it everything is learned from. */
interface InspectionSettings {
  readonly policy: Policy;
  readonly inspectionBytesMax: number;
}

export interface LearnOptions {
  readonly inspection: InspectionSettings | undefined;
  readonly reading: Pick<ReadOptions, "format" | "host">;
  /** Told of each exchange that belongs to an endpoint. */
  readonly onLearned?: (
    exchange: Exchange,
    decision: Decision | undefined,
    endpointId: string,
  ) => void;
}

/** Feeds files or standard input to an inventory, in constant memory, with progress on a terminal. */
export async function learnSources(
  sources: readonly string[],
  inventory: Inventory,
  options: LearnOptions,
): Promise<LearnedSources> {
  const { inspection: settings, reading } = options;
  const inspection = settings === undefined ? undefined : inspectionOf(settings);
  const tally = { exchanges: 0, unreadable: 0 };
  for (const source of sources) {
    let bytesRead = 0;
    const progress = createProgress({
      terminal: process.stderr,
      what: "exchanges",
      ...(source === "-" ? {} : { bytesTotal: await sizeOf(source) }),
      now: Date.now,
    });
    const onProgress = (bytes: number): void => {
      bytesRead = bytes;
    };
    const tell = (line: string, isProblem: boolean): void => {
      if (isProblem) tally.unreadable += 1;
      progress.clear();
      console.error(line);
    };
    for await (const read of readableExchanges(
      source,
      { ...reading, onProgress },
      { tell, source },
    )) {
      tally.exchanges += 1;
      await learn(read, inventory, inspection, options.onLearned);
      progress.update(tally.exchanges, bytesRead);
    }
    progress.clear();
  }
  return tally;
}

function inspectionOf({ policy, inspectionBytesMax }: InspectionSettings): Inspection {
  return createInspection((record) =>
    createGuard({
      policy,
      record,
      now: Date.now,
      newId: randomUUID,
      failed: (part, error) => console.error(`${part} failed: ${printable(String(error))}`),
      bodyLimits: { inspectionBytesMax },
    }),
  );
}

async function learn(
  read: ReadExchange | ReadRaw,
  inventory: Inventory,
  inspection: Inspection | undefined,
  onLearned: LearnOptions["onLearned"],
): Promise<void> {
  const exchange = "raw" in read ? exchangeOf(read) : read.exchange;
  if (exchange === undefined) return;
  const inspected = await inspection?.inspect(read);
  const decision: Decision | undefined = inspected?.decision;
  const { endpointId } = inventory.learn({
    exchange,
    ...(decision === undefined ? {} : { decision }),
  });
  if (endpointId === undefined) return;
  if (decision?.wouldBe === "block") inventory.recordAttack(endpointId);
  onLearned?.(exchange, decision, endpointId);
}

/** What the strict parser refuses is no exchange. */
function exchangeOf({ raw, line: _line, ...rest }: ReadRaw): Exchange | undefined {
  const parsed = parseRawRequest(raw);
  return "refusal" in parsed ? undefined : { ...rest, request: parsed.request };
}

async function sizeOf(file: string): Promise<number> {
  return await stat(file).then(
    ({ size }) => size,
    () => 0,
  );
}
