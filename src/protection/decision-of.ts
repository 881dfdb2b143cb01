import type { Decision, Phase, ProtectionVerdict } from "../model/decision.ts";
import type { RequestHead } from "../model/exchange.ts";
import type { LiveExchangeContext } from "./exchange-context.ts";
import type { SourceRefusal } from "./guard.ts";
import { scoreOf } from "./score.ts";

/** The protection id of what a source refuses on its own account; it is no policy and has no mode. */
const strictHttpId = "strict-http";

/** The decision about an exchange, or undefined when there is nothing to tell about it. */
export function decisionOf(
  context: LiveExchangeContext,
  verdicts: readonly ProtectionVerdict[],
): Decision | undefined {
  const { detections, excepted } = context;
  if (detections.length === 0 && verdicts.length === 0 && excepted.length === 0) return undefined;

  const blocks = verdicts.filter(({ action }) => action === "block");
  const enforced = blocks.find(({ mode }) => mode === "enforce");
  const status = (enforced ?? blocks[0])?.status;
  return {
    id: context.id,
    timeMs: context.timeMs,
    client: context.client,
    method: context.request.method,
    host: context.request.authority,
    path: context.request.path,
    action: enforced === undefined ? "allow" : "block",
    wouldBe: blocks.length === 0 ? "allow" : "block",
    ...(status === undefined ? {} : { status }),
    score: scoreOf(detections),
    detections,
    verdicts,
    exceptions: [...context.exceptionIds],
    ...(excepted.length === 0 ? {} : { excepted }),
  };
}

/** The verdict that stands in a decision for a source's own refusal. */
export function refusalVerdictOf(refusal: SourceRefusal, phase: Phase): ProtectionVerdict {
  return {
    protection: strictHttpId,
    mode: "enforce",
    phase,
    action: "block",
    status: refusal.status,
    reason: `${refusal.code}: ${refusal.explanation}`,
  };
}

/** What is recorded of a request whose head could not be read. */
export const unreadableHead: RequestHead = {
  method: "-",
  scheme: "http",
  authority: "-",
  path: "-",
  query: "",
  httpVersion: "1.1",
  headers: [],
};
