import { createHash } from "node:crypto";
import {
  buildSchema,
  type DocumentNode,
  type GraphQLSchema,
  NoDeprecatedCustomRule,
  OverlappingFieldsCanBeMergedRule,
  parse,
  specifiedRules,
  validate,
} from "graphql";
import type { RequestHead } from "../../../model/exchange.ts";
import type { Specification } from "../../../specifications/specification.ts";
import { documentNestingOf } from "../graphql-limits/document-nesting.ts";
import {
  type GraphqlMessage,
  messageOfQuery,
  messagesOfBody,
} from "../graphql-limits/graphql-messages.ts";
import type { Violation } from "./violation.ts";

/** What an honest document stays below, or the parser would call itself too often. */
const nestingMax = 200;
const tokensMax = 20_000;
const messagesMax = 100;
/** Verdicts about documents are kept: clients send the same few over and over. */
const documentsMax = 1_000;

// Quadratic in the fields of a hostile document; a conflict is the server's to refuse.
const rules = specifiedRules.filter(
  (rule) => rule !== OverlappingFieldsCanBeMergedRule && rule !== NoDeprecatedCustomRule,
);

/** Holds GraphQL operations to a schema, and to a list of those that may be called at all. */
export class GraphqlContract {
  readonly #source: string;
  readonly #text: string;
  readonly #paths: ReadonlySet<string>;
  readonly #allowed: ReadonlySet<string>;
  readonly #known = new Map<string, string | undefined>();
  #schema: GraphQLSchema | undefined;

  constructor(specification: Specification, text: string, allowed: readonly string[]) {
    this.#source = specification.source;
    this.#text = text;
    this.#paths = new Set(specification.operations.map(({ path }) => path));
    this.#allowed = new Set(allowed.map((id) => id.toLowerCase()));
  }

  /** A schema does not say where it is served: the usual path, or one that ends like it. */
  isFor({ path }: RequestHead): boolean {
    const plain = path.endsWith("/") ? path.slice(0, -1) : path;
    return this.#paths.has(plain) || plain.endsWith("/graphql");
  }

  ofHead(head: RequestHead): readonly Violation[] {
    const message = messageOfQuery(head.query);
    return message === undefined ? [] : this.#violations([message]);
  }

  ofBody(head: RequestHead, bytes: Uint8Array): readonly Violation[] {
    return this.#violations(messagesOfBody(head, bytes).slice(0, messagesMax));
  }

  #violations(messages: readonly GraphqlMessage[]): readonly Violation[] {
    return messages.flatMap((message) => {
      const problem = this.#problemOf(message);
      return problem === undefined ? [] : [this.#violation(message, problem)];
    });
  }

  #problemOf({ document, persistedId }: GraphqlMessage): string | undefined {
    const digest = document === undefined ? persistedId : sha256(document);
    if (this.#allowed.size > 0 && !this.#allowed.has((digest ?? "").toLowerCase())) {
      return "the operation is not on the list of those that may be called";
    }
    if (document === undefined || digest === undefined) return undefined;
    if (this.#known.has(digest)) return this.#known.get(digest);
    const problem = this.#validated(document);
    if (this.#known.size >= documentsMax) this.#known.clear();
    this.#known.set(digest, problem);
    return problem;
  }

  #validated(text: string): string | undefined {
    if (documentNestingOf(text) > nestingMax)
      return `the document is nested over ${nestingMax} deep`;
    let document: DocumentNode;
    try {
      document = parse(text, { maxTokens: tokensMax });
    } catch {
      return "the document is no GraphQL";
    }
    this.#schema ??= buildSchema(this.#text, { assumeValid: true });
    const [error] = validate(this.#schema, document, rules, {
      maxErrors: 1,
      hideSuggestions: true,
    });
    return error?.message;
  }

  #violation({ location, name, document }: GraphqlMessage, problem: string): Violation {
    return {
      id: "undeclared-operation",
      status: 400,
      confidence: "medium",
      location,
      name,
      part: "value",
      value: document ?? "",
      problem,
      source: this.#source,
      pointer: "#",
    };
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
