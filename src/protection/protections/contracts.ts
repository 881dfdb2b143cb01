import { allow, block, type Verdict } from "../../model/verdict.ts";
import type { Specification } from "../../specifications/specification.ts";
import type { ExchangeContext, Protection } from "../protection.ts";
import { ContractIndex, type Lookup } from "./contracts/contract-index.ts";
import { GraphqlContract } from "./contracts/graphql-contract.ts";
import { learnedSpecifications } from "./contracts/learned-specification.ts";
import {
  bodyViolations,
  type CalledOperation,
  headViolations,
} from "./contracts/request-checks.ts";
import { reviewResponse } from "./contracts/response-checks.ts";
import { SoapContract } from "./contracts/soap-contract.ts";
import { createVerdicts, type Verdicts } from "./contracts/verdicts.ts";
import type { Violation } from "./contracts/violation.ts";
import { type ContractsOptions, contractsOptions } from "./contracts-options.ts";
import { defineProtection, type ProtectionFactory } from "./protection-definition.ts";

/** Refuses what the descriptions of the APIs behind do not allow, and reports what responses give away. */
export const contracts: ProtectionFactory = defineProtection<ContractsOptions>({
  id: "contracts",
  summary:
    "Holds requests and responses to the descriptions of the APIs behind: paths, methods, parameters, bodies, properties.",
  options: contractsOptions,

  create(options, { knowledge }): Protection {
    const learned =
      options.learned === "ignore"
        ? []
        : learnedSpecifications(knowledge.endpoints, {
            confidenceMin: options.learnedConfidenceMin,
            samplesMin: options.learnedSamplesMin,
          });
    const index = new ContractIndex(knowledge.specifications, learned);
    const { id, summary } = contracts;
    const others = otherContractsOf(knowledge.specifications, options);
    if (index.isEmpty && others.length === 0) return { id, summary };
    return protectionOf({ id, summary }, { index, others }, createVerdicts(options), options);
  },
});

/** A contract of another kind than OpenAPI. */
type OtherContract = GraphqlContract | SoapContract;

function otherContractsOf(
  specifications: readonly Specification[],
  { graphqlOperations }: ContractsOptions,
): readonly OtherContract[] {
  return specifications.flatMap((specification): OtherContract[] => {
    const { document } = specification;
    if (document?.format === "graphql") {
      return [new GraphqlContract(specification, document.text, graphqlOperations)];
    }
    return document?.format === "wsdl" ? [new SoapContract(specification)] : [];
  });
}

function protectionOf(
  names: Pick<Protection, "id" | "summary">,
  { index, others }: { readonly index: ContractIndex; readonly others: readonly OtherContract[] },
  verdicts: Verdicts,
  options: ContractsOptions,
): Protection {
  // One lookup an exchange; a context lives as long as its exchange.
  const found = new WeakMap<ExchangeContext, Lookup>();
  const lookupOf = (context: ExchangeContext): Lookup => {
    const known = found.get(context);
    if (known !== undefined) return known;
    const lookup = index.find(context.request);
    found.set(context, lookup);
    return lookup;
  };
  const calledIn = (context: ExchangeContext): CalledOperation | undefined => {
    const lookup = lookupOf(context);
    return lookup.kind === "operation" ? lookup.called : undefined;
  };
  const otherOf = ({ request: head }: ExchangeContext): OtherContract | undefined =>
    others.find((contract) => contract.isFor(head));
  const ignores = parameterFilterOf(options.ignoredParameters);

  const request: Protection = {
    ...names,
    onRequestHeaders(context) {
      const other = otherOf(context);
      if (other instanceof GraphqlContract)
        return verdicts.of(context, other.ofHead(context.request));
      if (other !== undefined) return allow;
      const lookup = lookupOf(context);
      if (lookup.kind === "operation") {
        const { called } = lookup;
        return verdicts.of(context, headViolations(context.request, called, ignores), called.api);
      }
      const violation = placeViolation(lookup, context);
      if (violation === undefined || lookup.kind === "outside") return allow;
      return withAllowed(verdicts.of(context, [violation], lookup.api), lookup);
    },
    onRequestBody(context) {
      const body = context.requestBody;
      if (body?.complete !== true || body.bytes.length === 0) return allow;
      const other = otherOf(context);
      if (other !== undefined)
        return verdicts.of(context, other.ofBody(context.request, body.bytes));
      const called = calledIn(context);
      if (called === undefined) return allow;
      return verdicts.of(context, bodyViolations(context.request, body.bytes, called), called.api);
    },
  };
  if (options.responses === "ignore") return request;
  return {
    ...request,
    watchesResponses: options.responses === "report",
    onResponseBody(context) {
      const called = calledIn(context);
      const { response, responseBody } = context;
      if (called === undefined || response === undefined || responseBody?.complete !== true) {
        return allow;
      }
      const review = reviewResponse(response, responseBody.bytes, called);
      return verdicts.ofResponse(context, review, called.api);
    },
  };
}

function placeViolation(lookup: Lookup, { request }: ExchangeContext): Violation | undefined {
  if (lookup.kind === "outside" || lookup.kind === "operation") return undefined;
  const isPath = lookup.kind === "unknown-path";
  const what = isPath ? `the path ${request.path.slice(0, 256)}` : `the method ${request.method}`;
  return {
    id: isPath ? "undeclared-path" : "undeclared-method",
    status: isPath ? 404 : 405,
    confidence: "medium",
    location: "path",
    name: "",
    part: "value",
    value: isPath ? request.path : request.method,
    problem: `${what} is not declared`,
    source: lookup.api.specification.source,
    pointer: "#/paths",
  };
}

/** RFC 9110, section 15.5.6: a 405 tells what is allowed instead. */
function withAllowed(verdict: Verdict, lookup: Lookup): Verdict {
  if (verdict.action !== "block" || lookup.kind !== "unknown-method") return verdict;
  return block({ ...verdict, headers: [["allow", lookup.allowed.join(", ")]] });
}

function parameterFilterOf(names: readonly string[]): (name: string) => boolean {
  const exact = new Set(names.filter((name) => !name.endsWith("*")));
  const beginnings = names.filter((name) => name.endsWith("*")).map((name) => name.slice(0, -1));
  return (name) => exact.has(name) || beginnings.some((beginning) => name.startsWith(beginning));
}
