import { isRecord } from "../model/is-record.ts";
import {
  type ComparableOperation,
  type ComparableParameter,
  comparableParameter,
  operationKeyOf,
} from "./comparable-operation.ts";
import { inlinedSchema } from "./inlined-schema.ts";
import { pointedTo } from "./pointed-to.ts";
import type { DocumentedOperation, Specification } from "./specification.ts";

type JsonObject = Readonly<Record<string, unknown>>;

/** The operations of a specification, with schemas where it is an OpenAPI document. */
export function comparableSpecification(
  specification: Specification,
): readonly ComparableOperation[] {
  const { document } = specification;
  const root = document?.format === "openapi" ? document.root : undefined;
  return specification.operations.map((documented) => comparable(documented, root));
}

function comparable(
  documented: DocumentedOperation,
  root: JsonObject | undefined,
): ComparableOperation {
  const { method, path, operation, deprecated, secured, pointer } = documented;
  const found = root === undefined || pointer === undefined ? undefined : at(root, pointer);
  const described = isRecord(found) ? found : {};
  const raw = rawParameters(root, described, pointer);
  return {
    key: operationKeyOf(method, path, operation),
    method,
    path,
    operation,
    isDeprecated: deprecated,
    isSecured: secured,
    parameters: documented.parameters
      .filter((parameter) => parameter.in !== "body" && parameter.in !== "formData")
      .map((parameter) => parameterOf(documented, parameter, raw, root)),
    request: requestOf(root, described, raw),
    responses: responsesOf(root, described["responses"]),
  };
}

function at(root: unknown, pointer: readonly string[]): unknown {
  return pointer.reduce<unknown>((value, part) => {
    const here = resolved(root, value);
    return isRecord(here) && Object.hasOwn(here, part) ? here[part] : undefined;
  }, root);
}

/** Follows one reference; chains of them end after a few steps. */
function resolved(root: unknown, value: unknown): unknown {
  let current = value;
  for (let step = 0; step < 16; step += 1) {
    const reference = isRecord(current) ? current["$ref"] : undefined;
    if (typeof reference !== "string") return current;
    current = pointedTo(root, reference);
  }
  return undefined;
}

function rawParameters(
  root: unknown,
  described: JsonObject,
  pointer: readonly string[] | undefined,
): readonly JsonObject[] {
  const item = pointer === undefined ? undefined : resolved(root, at(root, pointer.slice(0, -1)));
  const shared = isRecord(item) ? item["parameters"] : undefined;
  // Those of the operation first, as they overrule what is shared.
  return [described["parameters"], shared].flatMap((list) =>
    Array.isArray(list) ? list.map((one: unknown) => resolved(root, one)).filter(isRecord) : [],
  );
}

function parameterOf(
  { path }: DocumentedOperation,
  parameter: DocumentedOperation["parameters"][number],
  raw: readonly JsonObject[],
  root: unknown,
): ComparableParameter {
  const own = raw.find((one) => one["name"] === parameter.name && one["in"] === parameter.in);
  // Swagger 2.0 has the type beside the name.
  const schema =
    own === undefined ? { type: parameter.type } : inlinedSchema(root, own["schema"] ?? own);
  return comparableParameter(path, { ...parameter, schema });
}

function requestOf(root: unknown, described: JsonObject, raw: readonly JsonObject[]): unknown {
  const body = resolved(root, described["requestBody"]);
  if (isRecord(body)) return schemaOfContent(root, body["content"]);
  const swagger = raw.find((one) => one["in"] === "body");
  return swagger === undefined ? undefined : inlinedSchema(root, swagger["schema"]);
}

function responsesOf(root: unknown, responses: unknown): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  if (!isRecord(responses)) return found;
  for (const [status, raw] of Object.entries(responses)) {
    const response = resolved(root, raw);
    if (!isRecord(response)) continue;
    const schema =
      response["schema"] === undefined
        ? schemaOfContent(root, response["content"])
        : inlinedSchema(root, response["schema"]);
    found.set(status.toUpperCase() === "DEFAULT" ? "default" : status.toUpperCase(), schema);
  }
  return found;
}

/** The schema of JSON bodies among those of all media types. */
function schemaOfContent(root: unknown, content: unknown): unknown {
  if (!isRecord(content)) return undefined;
  const json = Object.entries(content).find(([type]) => /[/+]json\b/i.test(type))?.[1];
  return isRecord(json) ? inlinedSchema(root, json["schema"]) : undefined;
}
