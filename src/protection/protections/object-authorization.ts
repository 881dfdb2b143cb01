import { type Detection, isAtLeast } from "../../model/detection.ts";
import { fieldKeyOf } from "../../model/field.ts";
import type { Principal } from "../../model/principal.ts";
import { allow, block, type Verdict } from "../../model/verdict.ts";
import type { CounterStore } from "../counters/counter-store.ts";
import type { ExchangeContext, Protection } from "../protection.ts";
import { answerOf } from "./object-authorization/answer-of.ts";
import { referencesInAnswer } from "./object-authorization/given-references.ts";
import {
  collectionOf,
  type ObjectReference,
  referencesInAddress,
  referencesInBody,
} from "./object-authorization/object-reference.ts";
import type { Judgement } from "./object-authorization/ownership-graph.ts";
import { createOwnershipRule, type OwnershipRule } from "./object-authorization/ownership-rule.ts";
import { type SharedGraph, sharedGraphOf } from "./object-authorization/shared-graph.ts";
import {
  type ObjectAuthorizationOptions,
  objectAuthorizationOptions,
} from "./object-authorization-options.ts";
import { defineProtection, type ProtectionFactory } from "./protection-definition.ts";

const hourMs = 3_600_000;

/**
 * Tells who uses an object that belongs to somebody else, from what answers gave to whom and from
 * declared rules (OWASP API1:2023 broken object level authorization).
 */
export const objectAuthorization: ProtectionFactory = defineProtection<ObjectAuthorizationOptions>({
  id: "object-authorization",
  summary: "Refuses the use of objects that belong to somebody else (BOLA).",
  options: objectAuthorizationOptions,

  create(options, { installation }): Protection {
    const watch = new ObjectWatch(options, sharedGraphOf(installation), installation.localCounters);
    return {
      id: objectAuthorization.id,
      summary: objectAuthorization.summary,
      onRequestHeaders: (context) => watch.judgeAddress(context),
      ...(options.learn
        ? {
            onRequestBody: (context: ExchangeContext) => watch.judgeBody(context),
            onClose: (context: ExchangeContext) => watch.learn(context),
          }
        : {}),
    };
  },
});

/** What a request asked for, until its answer tells whether it got it. */
interface Asked {
  readonly principal: string;
  /** The principal's own id, as objects may be named after it. */
  readonly subject: string;
  readonly references: ObjectReference[];
  /** Those of them that belong to somebody else, as far as is known. */
  readonly foreign: ObjectReference[];
}

class ObjectWatch {
  readonly #options: ObjectAuthorizationOptions;
  readonly #graph: SharedGraph;
  readonly #counters: CounterStore;
  readonly #rules: readonly OwnershipRule[];
  readonly #asked = new WeakMap<ExchangeContext, Asked>();

  constructor(options: ObjectAuthorizationOptions, graph: SharedGraph, counters: CounterStore) {
    this.#options = options;
    this.#graph = graph;
    this.#counters = counters;
    this.#rules = options.rules.map(({ endpoints, require }) =>
      createOwnershipRule(endpoints, require),
    );
  }

  judgeAddress(context: ExchangeContext): Verdict {
    const { principal } = context;
    if (this.#isExempt(principal)) return allow;
    const broken = this.#rules.find((rule) => rule.appliesTo(context) && !rule.holds(context));
    if (broken !== undefined) {
      return block({ status: 403, reason: "the caller does not own what the address names" });
    }
    if (!this.#options.learn || principal === undefined) return allow;
    const asked: Asked = {
      principal: nameOf(principal),
      subject: principal.id,
      references: [],
      foreign: [],
    };
    this.#asked.set(context, asked);
    return this.#judge(context, asked, referencesInAddress(context));
  }

  judgeBody(context: ExchangeContext): Verdict {
    const asked = this.#asked.get(context);
    if (asked === undefined) return allow;
    return this.#judge(context, asked, referencesInBody(context));
  }

  /** What a successful answer gave, and what an unsuccessful one refused. */
  learn(context: ExchangeContext): void {
    const asked = this.#asked.get(context);
    const status = context.response?.status ?? 0;
    if (asked === undefined) return;
    if (status === 403 || status === 404) {
      for (const reference of asked.references) this.#countTry(context, asked, reference);
    } else if (status >= 200 && status < 300) {
      this.#learnAnswer(context, asked);
    }
  }

  #learnAnswer(context: ExchangeContext, { principal, references, foreign }: Asked): void {
    // Whoever was answered about somebody else's object was given nothing by it.
    for (const { kind } of foreign) this.#graph.noteStranger(kind, principal);
    if (foreign.length > 0) return;

    // What the caller reads again and again has told what it names.
    const isKnown =
      references.length > 0 &&
      references.every(({ kind, id }) => this.#graph.isSettledFor(kind, id, principal));
    for (const { kind, id } of references) {
      this.#graph.give(kind, id, principal, context.id, "used");
    }
    if (isKnown && context.request.method === "GET") return;
    const how = context.request.method === "POST" ? "created" : "listed";
    const host = context.request.authority.toLowerCase();
    for (const given of referencesInAnswer(answerOf(context), host, collectionOf(context))) {
      if (given.isMention) this.#graph.mention(given.kind, given.id, principal);
      else this.#graph.give(given.kind, given.id, principal, context.id, how);
    }
  }

  #judge(context: ExchangeContext, asked: Asked, references: readonly ObjectReference[]): Verdict {
    asked.references.push(...references);
    const others = references.filter(({ kind, id }) => this.#mayBeForeign(asked, kind, id));
    if (others.length === 0) return allow;

    const before = this.#triesOf(context, asked);
    const found: Detection[] = [];
    for (const reference of others) {
      const { kind, id } = reference;
      const judgement = this.#graph.judge(kind, id, asked.principal, before);
      if (judgement === undefined) continue;
      asked.foreign.push(reference);
      found.push(detectionOf(reference, judgement));
      this.#countTry(context, asked, reference);
    }
    const detections = context.countedDetections(found);
    const tries = this.#triesOf(context, asked);
    const isEnumerating =
      tries >= this.#options.enumerationMax &&
      others.some(({ kind }) => this.#graph.isPrivate(kind));
    if (isEnumerating) {
      const reason = `enumeration: ${tries} objects of others, or of nobody, asked for within an hour`;
      return block({ status: 403, reason, detections });
    }
    const certain = detections.find(({ confidence }) =>
      isAtLeast(confidence, this.#options.confidenceMin),
    );
    if (certain === undefined) return detections.length === 0 ? allow : { ...allow, detections };
    return block({ status: 403, reason: `${fieldKeyOf(certain)} is somebody else's`, detections });
  }

  /** Whatever others did with it: what is named after the caller is the caller's. */
  #mayBeForeign({ principal, subject }: Asked, kind: string, id: string): boolean {
    if (id === subject) return false;
    const standing = this.#graph.standingOf(kind, id, principal);
    return standing === "foreign" || standing === "unknown";
  }

  /** Distinct objects of others that the principal asked for within the hour. */
  #triesOf({ timeMs }: ExchangeContext, { principal }: Asked): number {
    const tries = this.#counters.count(triedKey(principal), hourMs, 0, timeMs);
    return typeof tries === "number" ? tries : 0;
  }

  /** Each object counts once, however often it is asked for. */
  #countTry(
    { timeMs }: ExchangeContext,
    { principal }: Asked,
    { kind, id }: ObjectReference,
  ): void {
    if (this.#counters.count(`tried ${principal}\n${kind} ${id}`, hourMs, 1, timeMs) !== 1) return;
    void this.#counters.count(triedKey(principal), hourMs, 1, timeMs);
  }

  #isExempt(principal: Principal | undefined): boolean {
    return principal?.roles?.some((role) => this.#options.exemptRoles.includes(role)) ?? false;
  }
}

/** Exact as long as the counters' memory lasts; then the oldest principal's count begins anew. */
function triedKey(principal: string): string {
  return `tried ${principal}`;
}

function nameOf({ kind, id }: Principal): string {
  return `${kind} ${id}`;
}

function detectionOf(reference: ObjectReference, judgement: Judgement): Detection {
  const { id, field, kind } = reference;
  const { ownerExchange, confidence, exclusiveShare, objects } = judgement;
  const [location = "path", name = ""] = field.split(/:(.*)/s);
  const thing = kind.slice(kind.indexOf(" ") + 1);
  return {
    detector: "object-authorization",
    confidence,
    location: location as Detection["location"],
    name,
    part: "value",
    evidence: id,
    span: { start: 0, end: id.length },
    value: id,
    steps: [],
    explanation:
      `This ${thing} was given to another principal in exchange ${ownerExchange}, and never to this one; ` +
      `${Math.round(exclusiveShare * 100)} % of ${objects} known ${thing} objects belong to one principal alone.`,
  };
}
