import type { Phase, ProtectionVerdict } from "../model/decision.ts";
import {
  type Header,
  mediaTypeOf,
  type RequestHead,
  type ResponseHead,
} from "../model/exchange.ts";
import { allow, type Block, block, type Verdict } from "../model/verdict.ts";
import { isTextual, requestBodyPlanOf, responseBodyPlanOf } from "./body-plan.ts";
import { decisionOf, refusalVerdictOf, unreadableHead } from "./decision-of.ts";
import { LiveExchangeContext } from "./exchange-context.ts";
import { exchangeOf } from "./exchange-of.ts";
import type { BodyPlan, Connection, Outcome, SourceRefusal, Transaction } from "./guard.ts";
import type { GuardParts } from "./guard-parts.ts";
import type { Plan, Step } from "./plan.ts";
import type { Awaitable, ExchangeContext } from "./protection.ts";

type Hook = (context: ExchangeContext) => Awaitable<Verdict>;

const noPlan: Plan = {
  requestHeaders: [],
  requestBody: [],
  responseHeaders: [],
  responseBody: [],
  close: [],
  exceptions: [],
};

const skip: BodyPlan = { treatment: "skip", bytesMax: 0 };

/** One exchange under the policy: the only code that turns what protections want into a block. */
export class GuardedTransaction implements Transaction {
  readonly id: string;
  readonly #parts: GuardParts;
  readonly #connection: Connection;
  readonly #verdicts: ProtectionVerdict[] = [];
  #plan: Plan = noPlan;
  #context: LiveExchangeContext | undefined;
  #replaceBody: Uint8Array | undefined;
  #closed = false;

  constructor(id: string, connection: Connection, parts: GuardParts) {
    this.id = id;
    this.#connection = connection;
    this.#parts = parts;
  }

  requestHeaders(head: RequestHead): Awaitable<Verdict> {
    this.#plan = this.#parts.planner.planFor(head);
    const context = this.#contextOf(head);
    return this.#run("request-headers", this.#plan.requestHeaders, onRequestHeaders, context);
  }

  upstreamHeaders(): ReadonlyMap<string, string | undefined> | undefined {
    return this.#context?.upstreamHeaders;
  }

  requestBodyPlan(): BodyPlan {
    if (this.#context === undefined) return skip;
    return requestBodyPlanOf(this.#context.request, this.#plan, this.#parts.bodyLimits);
  }

  requestBody(bytes: Uint8Array, complete: boolean): Awaitable<Verdict> {
    const context = this.#context;
    if (context === undefined) return allow;
    context.requestBody = { bytes, complete };
    return this.#run("request-body", this.#plan.requestBody, onRequestBody, context);
  }

  responseHeaders(head: ResponseHead): Awaitable<Verdict> {
    const context = this.#context;
    if (context === undefined) return allow;
    context.response = head;
    return this.#run("response-headers", this.#plan.responseHeaders, onResponseHeaders, context);
  }

  addedResponseHeaders(): readonly Header[] {
    return this.#context?.addedHeaders ?? [];
  }

  responseBodyPlan(): BodyPlan {
    const { request, response } = this.#context ?? {};
    if (request === undefined || response === undefined) return skip;
    return responseBodyPlanOf(request, response, this.#plan, this.#parts.bodyLimits);
  }

  responseBody(bytes: Uint8Array, complete: boolean): Awaitable<Verdict> {
    const context = this.#context;
    if (context === undefined) return allow;
    context.responseBody = { bytes, complete };
    const verdict = this.#run("response-body", this.#plan.responseBody, onResponseBody, context);
    if (!(verdict instanceof Promise)) return this.#withReplacement(verdict);
    return verdict.then((settled) => this.#withReplacement(settled));
  }

  refused(refusal: SourceRefusal): void {
    const phase = this.#context === undefined ? "request-headers" : "request-body";
    this.#context ??= this.#contextOf(refusal.head ?? unreadableHead);
    this.#verdicts.push(refusalVerdictOf(refusal, phase));
  }

  close(outcome: Outcome = {}): void {
    const context = this.#context;
    if (this.#closed || context === undefined) return;
    this.#closed = true;
    for (const step of this.#plan.close) this.#tellClosed(step, context, outcome);
    try {
      const decision = decisionOf(context, this.#verdicts);
      const { destination } = this.#connection;
      const exchange = exchangeOf(context, outcome, destination, this.#parts.bodyLimits);
      this.#parts.record(decision === undefined ? { exchange } : { exchange, decision });
    } catch (error) {
      this.#parts.failed?.("record", error);
    }
  }

  #tellClosed({ protection }: Step, context: ExchangeContext, outcome: Outcome): void {
    try {
      protection.onClose?.(context, outcome);
    } catch (error) {
      this.#parts.failed?.(protection.id, error);
    }
  }

  #contextOf(request: RequestHead): LiveExchangeContext {
    this.#context = new LiveExchangeContext({
      id: this.id,
      timeMs: this.#connection.timeMs ?? this.#parts.now(),
      client: this.#connection.client,
      clientCertificate: this.#connection.clientCertificate,
      request,
      requestBodyInspectable: isTextual(mediaTypeOf(request.headers)),
      readers: this.#parts.readers,
      exceptions: this.#plan.exceptions,
      endpointOf: this.#parts.endpointOf,
    });
    return this.#context;
  }

  /** Runs the steps in order until one blocks; stays synchronous as long as the protections do. */
  #run(
    phase: Phase,
    steps: readonly Step[],
    hookOf: (step: Step) => Hook | undefined,
    context: LiveExchangeContext,
    from = 0,
  ): Awaitable<Verdict> {
    for (let index = from; index < steps.length; index += 1) {
      const step = steps[index];
      if (step === undefined) break;
      const wanted = this.#call(step, hookOf, context);
      if (wanted instanceof Promise) {
        return wanted
          .catch((error: unknown) => this.#failed(step, error))
          .then((verdict) => this.#settle(phase, step, verdict, context))
          .then((stop) => stop ?? this.#run(phase, steps, hookOf, context, index + 1));
      }
      const stop = this.#settle(phase, step, wanted, context);
      if (stop !== undefined) return stop;
    }
    return allow;
  }

  #call(
    step: Step,
    hookOf: (step: Step) => Hook | undefined,
    context: ExchangeContext,
  ): Awaitable<Verdict | Failure> {
    try {
      return hookOf(step)?.call(step.protection, context) ?? allow;
    } catch (error) {
      return this.#failed(step, error);
    }
  }

  #failed(step: Step, error: unknown): Failure {
    this.#parts.failed?.(step.protection.id, error);
    return { action: "fail", reason: `${step.protection.id} failed: ${nameOf(error)}` };
  }

  /** Notes what a protection wanted, and returns the block when it is to be carried out. */
  #settle(
    phase: Phase,
    step: Step,
    wanted: Verdict | Failure,
    context: LiveExchangeContext,
  ): Block | undefined {
    const isFailure = wanted.action === "fail";
    const verdict = isFailure ? this.#onFailure(wanted.reason) : wanted;
    if (verdict.detections !== undefined) context.addDetections(verdict.detections);

    const noted = { protection: step.protection.id, mode: step.mode, phase };
    if (verdict.action === "allow") {
      const { reason } = wanted;
      if (reason !== undefined) this.#verdicts.push({ ...noted, action: "allow", reason });
      if (step.mode === "enforce") this.#replaceBody ??= verdict.replaceBody;
      return undefined;
    }
    const { status, reason } = verdict;
    this.#verdicts.push({ ...noted, action: "block", status, reason });
    return step.mode === "enforce" ? verdict : undefined;
  }

  /** The first protection that wants another body in place of the upstream's has its way. */
  #withReplacement(verdict: Verdict): Verdict {
    if (verdict.action === "block" || this.#replaceBody === undefined) return verdict;
    return { ...verdict, replaceBody: this.#replaceBody };
  }

  #onFailure(reason: string): Verdict {
    return this.#parts.onFailure === "block" ? block({ status: 503, reason }) : allow;
  }
}

/** A protection threw: neither of its own verdicts, so the policy's `onFailure` speaks. */
interface Failure {
  readonly action: "fail";
  readonly reason: string;
}

// An error's message may quote the value it stumbled over, and decisions outlive redaction.
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error;
}

const onRequestHeaders = ({ protection }: Step): Hook | undefined => protection.onRequestHeaders;
const onRequestBody = ({ protection }: Step): Hook | undefined => protection.onRequestBody;
const onResponseHeaders = ({ protection }: Step): Hook | undefined => protection.onResponseHeaders;
const onResponseBody = ({ protection }: Step): Hook | undefined => protection.onResponseBody;
