import { z } from "zod";
import type { Mode } from "../../model/decision.ts";
import { modeOption } from "../mode-options.ts";

export interface GraphqlLimitsOptions {
  readonly mode?: Mode;
  readonly paths: readonly string[];
  readonly depthMax: number;
  readonly breadthMax: number;
  readonly fieldsMax: number;
  readonly aliasesMax: number;
  readonly repeatsMax: number;
  readonly directivesMax: number;
  readonly directivesAtOnceMax: number;
  readonly costMax: number;
  readonly batchMax: number;
  readonly operationsMax: number;
  readonly tokensMax: number;
  readonly introspection: "allow" | "block";
  readonly suggestions: "allow" | "report" | "mask";
}

const limit = (most: number, meaning: string) => z.int().min(1).default(most).describe(meaning);

/** Options of the protection `graphql-limits`. */
export const graphqlLimitsOptions: z.ZodType<GraphqlLimitsOptions> = z
  .strictObject({
    mode: modeOption.exactOptional(),
    paths: z
      .array(z.string().min(1))
      .default(["graphql", "gql", "graphiql"])
      .describe(
        "Path segments that make a path one of GraphQL; elsewhere, documents are recognised.",
      ),
    depthMax: limit(15, "Deepest nesting of fields, fragments included."),
    breadthMax: limit(100, "Most fields of one selection."),
    fieldsMax: limit(1_000, "Most fields of an operation, fragments included."),
    aliasesMax: limit(30, "Most aliases of an operation, fragments included."),
    repeatsMax: limit(5, "Most times that one selection asks for the same field or fragment."),
    directivesMax: limit(50, "Most directives of an operation, fragments included."),
    directivesAtOnceMax: limit(4, "Most directives on one field, fragment or operation."),
    costMax: limit(100_000, "Most fields of an operation, times the list sizes it asks for."),
    batchMax: limit(5, "Most operations of one request, as a list."),
    operationsMax: limit(20, "Most operations and fragments of one document."),
    tokensMax: limit(5_000, "Most tokens of one document."),
    introspection: z
      .enum(["allow", "block"])
      .default("block")
      .describe("Whether clients may read the schema from the server."),
    suggestions: z
      .enum(["allow", "report", "mask"])
      .default("report")
      .describe("What happens to names that errors suggest (`Did you mean …`)."),
  })
  .describe("Refuses GraphQL operations that cost more than honest clients need.");
