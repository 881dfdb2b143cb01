import type { EndpointProfile } from "../model/endpoint.ts";
import { isRecord } from "../model/is-record.ts";
import type { DocumentedOperation, Specification } from "../specifications/specification.ts";
import { collectFields, type DocumentedFields, resolveReference } from "./documented-fields.ts";
import { operationKeyOf } from "./lint/lint-result.ts";

/** What a specification says of one endpoint. */
export interface DocumentedFacts {
  readonly operation: DocumentedOperation;
  readonly operationKey: string;
  /** Fields of successful JSON responses; missing when none is described. */
  readonly response?: DocumentedFields;
}

type Root = Readonly<Record<string, unknown>>;

/** Looks up endpoints in specifications; response fields are read when they are first asked for. */
export function documentedFactsOf(
  specifications: readonly Specification[],
  hosts: ReadonlySet<string>,
): (profile: EndpointProfile) => DocumentedFacts | undefined {
  const found = new Map<
    string,
    { specification: Specification; operation: DocumentedOperation }[]
  >();
  for (const specification of specifications) {
    for (const operation of specification.operations) {
      const key = `${operation.method} ${shapeOf(operation.path)}`;
      const known = found.get(key);
      if (known === undefined) found.set(key, [{ specification, operation }]);
      else known.push({ specification, operation });
    }
  }
  const facts = new Map<DocumentedOperation, DocumentedFacts>();
  return ({ method, host, path }) => {
    const candidates = found.get(`${method} ${shapeOf(path)}`) ?? [];
    const match = candidates.find(({ specification }) => speaksOf(specification, host, hosts));
    if (match === undefined) return undefined;
    const known = facts.get(match.operation);
    if (known !== undefined) return known;
    const read = factsOf(match.specification, match.operation);
    facts.set(match.operation, read);
    return read;
  };
}

function shapeOf(path: string): string {
  return path.replace(/\{[^{}]*\}/g, "{}").replace(/(.)\/$/, "$1");
}

/** As discovery decides it: staging serves what the specification says of production. */
function speaksOf(
  { hosts: named }: Specification,
  host: string,
  seen: ReadonlySet<string>,
): boolean {
  return named.length === 0 || named.includes(host) || !named.some((name) => seen.has(name));
}

function factsOf(specification: Specification, operation: DocumentedOperation): DocumentedFacts {
  const { source, document } = specification;
  const [, path = operation.path] = operation.pointer ?? [];
  const root = document?.format === "openapi" ? document.root : undefined;
  const described = root === undefined ? undefined : operationAt(root, operation.pointer);
  const response =
    root === undefined || described === undefined ? undefined : responseFields(root, described);
  return {
    operation,
    operationKey: operationKeyOf(source, operation.method, path),
    ...(response === undefined ? {} : { response }),
  };
}

function operationAt(root: Root, pointer: readonly string[] | undefined): Root | undefined {
  let current: unknown = root;
  for (const part of pointer ?? []) {
    const container = resolveReference(root, current);
    current = isRecord(container) && Object.hasOwn(container, part) ? container[part] : undefined;
  }
  return pointer !== undefined && isRecord(current) ? current : undefined;
}

/** Fields of every 2xx answer in JSON together. */
function responseFields(root: Root, operation: Root): DocumentedFields | undefined {
  const responses = isRecord(operation["responses"]) ? operation["responses"] : {};
  const schemas = Object.entries(responses)
    .filter(([status]) => /^(?:2|default$)/.test(status))
    .flatMap(([, response]) => schemasOf(resolveReference(root, response)));
  if (schemas.length === 0) return undefined;
  return collectFields(root, schemas);
}

function schemasOf(response: unknown): readonly unknown[] {
  if (!isRecord(response)) return [];
  // Swagger 2.0 has the schema in the response itself.
  if (response["schema"] !== undefined) return [response["schema"]];
  const content = isRecord(response["content"]) ? response["content"] : {};
  return Object.entries(content)
    .filter(([mediaType]) => mediaType.includes("json") || mediaType === "*/*")
    .map(([, media]) => (isRecord(media) ? media["schema"] : undefined))
    .filter((schema) => schema !== undefined);
}
