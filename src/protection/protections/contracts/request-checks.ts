import { headerOf, mediaTypeOf, type RequestHead } from "../../../model/exchange.ts";
import { bodyValueOf } from "./body-values.ts";
import type { DescribedApi } from "./described-api.ts";
import { cookiesOf, pairsOf } from "./form-values.ts";
import { findMedia } from "./media-ranges.ts";
import type {
  BodyDescription,
  OperationDescription,
  ParameterDescription,
} from "./operation-reader.ts";
import { pairValueOf, type RawParameter, simpleValueOf } from "./parameter-styles.ts";
import { isPrivilegedName } from "./property-names.ts";
import { type ForeignProperty, foreignProperties } from "./property-review.ts";
import { jsonPathOf, shownValue, type Violation } from "./violation.ts";

/** An operation that a request was found to call. */
export interface CalledOperation {
  readonly api: DescribedApi;
  readonly description: OperationDescription;
  /** Path parameters, percent-decoded. */
  readonly pathValues: ReadonlyMap<string, string>;
}

/** More violations say nothing new about a request. */
const violationsMax = 32;

/** Everything about a request's head that its operation does not allow. */
export function headViolations(
  head: RequestHead,
  called: CalledOperation,
  ignoresParameter: (name: string) => boolean,
): readonly Violation[] {
  const { api, description } = called;
  const pairs = pairsOf(head.query);
  const sources: Sources = { pairs, head, called };
  const violations: Violation[] = [];
  for (const parameter of description.parameters) {
    const found = parameterViolation(parameter, rawValueOf(parameter, sources), called);
    if (found !== undefined) violations.push(found);
  }
  const declared = declaredNamesOf(called);
  for (const [name, values] of pairs) {
    if (violations.length >= violationsMax) break;
    if (isDeclared(name, declared) || api.credentialParameters.has(name)) continue;
    if (!ignoresParameter(name)) violations.push(undeclaredParameter(name, values[0], called));
  }
  const body = bodyPresenceViolation(head, called);
  return body === undefined ? violations : [...violations, body];
}

interface Sources {
  readonly pairs: ReadonlyMap<string, readonly string[]>;
  readonly head: RequestHead;
  readonly called: CalledOperation;
}

function rawValueOf(
  parameter: ParameterDescription,
  { pairs, head, called }: Sources,
): RawParameter | undefined {
  const { name } = parameter;
  const style = { ...parameter, shape: called.api.coercion.shapeOf(parameter.schema) };
  if (parameter.mediaType !== undefined) style.shape = "value";
  switch (parameter.in) {
    case "path": {
      const text = called.pathValues.get(name);
      return text === undefined ? undefined : simpleValueOf(text, name, style);
    }
    case "header": {
      const text = headerOf(head.headers, name);
      return text === undefined ? undefined : simpleValueOf(text, name, style);
    }
    case "cookie": {
      const lines = head.headers.flatMap(([key, value]) => (key === "cookie" ? [value] : []));
      return pairValueOf(cookiesOf(lines), name, style);
    }
    default:
      if (style.shape === "object" && style.style === "form" && style.explode) {
        return explodedObjectOf(pairs, parameter, called);
      }
      return pairValueOf(pairs, name, style);
  }
}

/** Its members are parameters of their own: `?r=100&g=200` for `color`. */
function explodedObjectOf(
  pairs: ReadonlyMap<string, readonly string[]>,
  { schema }: ParameterDescription,
  { api }: CalledOperation,
): RawParameter | undefined {
  const names = [...(api.shapes.shapeOf(schema)?.properties.keys() ?? [])];
  const entries = names.flatMap((name) => {
    const [value] = pairs.get(name) ?? [];
    return value === undefined ? [] : [[name, value] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function parameterViolation(
  parameter: ParameterDescription,
  raw: RawParameter | undefined,
  { api }: CalledOperation,
): Violation | undefined {
  const { name, required, schema, pointer } = parameter;
  const place = { location: parameter.in, name, part: "value", pointer } as const;
  const source = api.specification.source;
  if (raw === undefined) {
    // A template whose value cannot be told from the path is not held against the client.
    if (!required || parameter.in === "path") return undefined;
    const problem = `the ${parameter.in} parameter ${name} is required`;
    return {
      id: "missing-value",
      status: 400,
      confidence: "medium",
      value: "",
      problem,
      source,
      ...place,
    };
  }
  const value = typedValueOf(raw, parameter, api);
  // `?page=` is how forms send what was left empty.
  if (raw === "" && !required) return undefined;
  const wrong = api.check(schema, "request")(value);
  if (wrong === undefined || fitsAsList(raw, parameter, api)) return undefined;
  return {
    id: "invalid-value",
    status: 400,
    confidence: "high",
    value: shownValue(typeof raw === "string" ? raw : JSON.stringify(raw)),
    problem: `the ${parameter.in} parameter ${name}${wrong.path} ${wrong.message}`,
    source,
    ...place,
  };
}

/** `?ids=1,2` where `?ids=1&ids=2` is declared: servers take both, and the elements fit. */
function fitsAsList(
  raw: RawParameter,
  { schema }: ParameterDescription,
  api: DescribedApi,
): boolean {
  if (!Array.isArray(raw) || raw.length !== 1 || !String(raw[0]).includes(",")) return false;
  const elements = api.coercion.valueOf(String(raw[0]).split(","), schema);
  return api.check(schema, "request")(elements) === undefined;
}

function typedValueOf(
  raw: RawParameter,
  parameter: ParameterDescription,
  api: DescribedApi,
): unknown {
  const { mediaType, schema } = parameter;
  if (mediaType === undefined || typeof raw !== "string") return api.coercion.valueOf(raw, schema);
  if (!mediaType.includes("json")) return raw;
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return raw;
  }
}

interface DeclaredNames {
  readonly exact: ReadonlySet<string>;
  /** Of lists and objects: `ids[]`, `filter[name]`. */
  readonly bracketed: ReadonlySet<string>;
  readonly takesAny: boolean;
}

function declaredNamesOf({ api, description }: CalledOperation): DeclaredNames {
  const exact = new Set<string>();
  const bracketed = new Set<string>();
  let takesAny = false;
  for (const { in: place, name, schema, style, explode } of description.parameters) {
    if (place !== "query") continue;
    exact.add(name);
    const shape = api.coercion.shapeOf(schema);
    if (shape !== "value" || api.coercion.typesOf(schema).size === 0) bracketed.add(name);
    if (shape !== "object" || style !== "form" || !explode) continue;
    const members = api.shapes.shapeOf(schema);
    for (const member of members?.properties.keys() ?? []) exact.add(member);
    if (members === undefined || members.others === "open") takesAny = true;
  }
  return { exact, bracketed, takesAny };
}

function isDeclared(name: string, { exact, bracketed, takesAny }: DeclaredNames): boolean {
  if (takesAny || exact.has(name)) return true;
  const open = name.indexOf("[");
  return open > 0 && bracketed.has(name.slice(0, open));
}

function undeclaredParameter(
  name: string,
  value: string | undefined,
  { api, description }: CalledOperation,
): Violation {
  const isPrivileged = isPrivilegedName(name);
  return {
    id: isPrivileged ? "privileged-property" : "undeclared-parameter",
    status: 400,
    confidence: isPrivileged ? "high" : "low",
    location: "query",
    name,
    part: "value",
    value: shownValue(value),
    problem: `the query parameter ${name} is not declared`,
    source: api.specification.source,
    pointer: description.pointer,
  };
}

/** What stands in the head of the body: whether it is there at all, and of which media type. */
function bodyPresenceViolation(head: RequestHead, called: CalledOperation): Violation | undefined {
  const { body, pointer } = called.description;
  const length = headerOf(head.headers, "content-length");
  const isSent =
    head.headers.some(([name]) => name === "transfer-encoding") || Number(length ?? 0) > 0;
  if (!isSent) {
    const mayFollow = length === undefined && head.httpVersion.startsWith("2");
    if (body?.required !== true || mayFollow) return undefined;
    return bodyViolation(called, "missing-value", 400, "a body is required", body.pointer);
  }
  if (body === undefined) {
    return bodyViolation(called, "undeclared-parameter", 400, "no body is declared", pointer);
  }
  const type = mediaTypeOf(head.headers);
  if (type === undefined || type === "" || body.media.length === 0) return undefined;
  if (findMedia(body.media, type) !== undefined) return undefined;
  const problem = `the media type ${shownValue(type)} is not declared`;
  return bodyViolation(called, "undeclared-media-type", 415, problem, body.pointer);
}

/** Everything about a request's body that its operation does not allow. */
export function bodyViolations(
  head: RequestHead,
  bytes: Uint8Array,
  called: CalledOperation,
): readonly Violation[] {
  const { api } = called;
  const { body } = called.description;
  if (body === undefined) return [];
  const media = mediaOfBody(body, mediaTypeOf(head.headers));
  if (media === undefined) return [];
  const type = mediaTypeOf(head.headers) || media.type;
  const message = { headers: head.headers, bytes };
  const read = bodyValueOf(message, type, media.schema, api, "request");
  if ("isOpaque" in read) return [];
  if ("problem" in read) {
    const problem = `the body ${read.problem}`;
    return [bodyViolation(called, "unreadable-body", 400, problem, media.pointer)];
  }
  const violations: Violation[] = [];
  const wrong = api.check(media.schema, "request")(read.value);
  if (wrong !== undefined) {
    const name = jsonPathOf(wrong.path);
    violations.push({
      ...bodyViolation(called, "invalid-value", 400, `${name} ${wrong.message}`, media.pointer),
      id: wrong.keyword === "required" ? "missing-value" : "invalid-value",
      name,
      value: shownValue(valueAt(read.value, wrong.path)),
    });
  }
  for (const foreign of foreignProperties(read.value, media.schema, api.shapes, "request")) {
    if (violations.length >= violationsMax) break;
    violations.push(foreignViolation(foreign, called, media.pointer));
  }
  return violations;
}

/** A body without a Content-Type is read as the one kind that the operation takes, or as JSON. */
function mediaOfBody({ media }: BodyDescription, type: string | undefined) {
  if (type !== undefined && type !== "") return findMedia(media, type);
  return media.find((entry) => entry.type.includes("json")) ?? media[0];
}

function foreignViolation(
  { path, name, kind, value }: ForeignProperty,
  called: CalledOperation,
  pointer: string,
): Violation {
  const isPrivileged = isPrivilegedName(name);
  const isReadOnly = kind === "read-only";
  const path_ = jsonPathOf(path);
  const why = isReadOnly
    ? "is read-only"
    : kind === "forbidden"
      ? "is forbidden"
      : "is not declared";
  const plainId = isReadOnly ? "read-only-property" : "undeclared-property";
  return {
    ...bodyViolation(called, plainId, 400, `${path_} ${why}`, pointer),
    id: isPrivileged ? "privileged-property" : plainId,
    confidence: isPrivileged || kind === "forbidden" ? "high" : "low",
    name: path_,
    part: "value",
    value: shownValue(value),
  };
}

function bodyViolation(
  { api }: CalledOperation,
  id: Violation["id"],
  status: number,
  problem: string,
  pointer: string,
): Violation {
  const source = api.specification.source;
  const place = { location: "body", name: "$", part: "value" } as const;
  return { id, status, confidence: "high", value: "", problem, source, pointer, ...place };
}

/** What stands at a JSON pointer. */
function valueAt(value: unknown, path: string): unknown {
  let current = value;
  for (const part of path.split("/").slice(1)) {
    if (typeof current !== "object" || current === null) return undefined;
    const name = part.replaceAll("~1", "/").replaceAll("~0", "~");
    current = Object.hasOwn(current, name) ? (current as Record<string, unknown>)[name] : undefined;
  }
  return current;
}
