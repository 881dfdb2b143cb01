import type { Style } from "../model/endpoint.ts";

/** What Merlon reads of a specification: enough to compare it with traffic. */
export interface Specification {
  /** File or name it came from. */
  readonly source: string;
  readonly title: string;
  readonly version: string;
  /** Lower case, with a port unless it is the scheme's; empty when it names no host. */
  readonly hosts: readonly string[];
  readonly operations: readonly DocumentedOperation[];
  /** The whole description as plain data that can cross threads, for those who enforce it. */
  readonly document?: SpecificationDocument;
}

/** A description in its own format, references to other files already resolved. */
type SpecificationDocument =
  | { readonly format: "openapi"; readonly root: Readonly<Record<string, unknown>> }
  /** Schema definition language. */
  | { readonly format: "graphql"; readonly text: string }
  /** WSDL 1.1, with the schemas it imports in `schemas`. */
  | { readonly format: "wsdl"; readonly text: string; readonly schemas?: readonly string[] };

export interface DocumentedOperation {
  readonly method: string;
  /** Base path included: `/api/v1/users/{userId}`. */
  readonly path: string;
  /** The description does not say where it is served, as a GraphQL schema; `path` is a guess. */
  readonly isAnywhere?: true;
  /** GraphQL operation field (`query products`) or SOAP body element, for those styles. */
  readonly operation?: string;
  /** `rest` when missing. */
  readonly style?: Style;
  readonly deprecated: boolean;
  /** False when it says that no credentials are needed; undefined when it does not say. */
  readonly secured?: boolean;
  readonly parameters: readonly DocumentedParameter[];
  /** Where it stands in an OpenAPI document: `["paths", "/users/{id}", "get"]`. */
  readonly pointer?: readonly string[];
}

export interface DocumentedParameter {
  readonly in: string;
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
}
