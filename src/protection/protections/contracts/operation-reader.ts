import { isRecord } from "../../../model/is-record.ts";
import { type DocumentReader, type JsonObject, pointerOf } from "./document-reader.ts";

/** An operation of a description, its references followed and OpenAPI 2.0 read as 3. */
export interface OperationDescription {
  readonly pointer: string;
  readonly parameters: readonly ParameterDescription[];
  readonly body?: BodyDescription;
  /** By status, `2XX` or `default`. */
  readonly responses: ReadonlyMap<string, readonly MediaDescription[]>;
}

export interface ParameterDescription {
  readonly in: "path" | "query" | "header" | "cookie";
  readonly name: string;
  readonly required: boolean;
  readonly pointer: string;
  readonly schema: unknown;
  readonly style: string;
  readonly explode: boolean;
  /** Its text is a document of this media type, such as `application/json`. */
  readonly mediaType?: string;
}

export interface BodyDescription {
  readonly required: boolean;
  readonly pointer: string;
  readonly media: readonly MediaDescription[];
}

export interface MediaDescription {
  /** Lower case, without parameters; `image/*` and `*` + `/*` are ranges. */
  readonly type: string;
  readonly schema: unknown;
  readonly pointer: string;
}

/** Reads the operation at `["paths", "/users/{id}", "get"]`; undefined when there is none. */
export function readOperation(
  reader: DocumentReader,
  parts: readonly string[],
): OperationDescription | undefined {
  const [section = "", path = "", method = ""] = parts;
  const itemPointer = pointerOf([section, path]);
  const item = reader.resolve(reader.at(itemPointer), itemPointer);
  const operation = item?.value[method];
  if (item === undefined || !isRecord(operation)) return undefined;
  const pointer = pointerOf(parts);
  const raw = [
    ...readParameters(reader, item.value["parameters"], `${itemPointer}/parameters`),
    ...readParameters(reader, operation["parameters"], `${pointer}/parameters`),
  ];
  // The operation's own stand last and win over those of its path.
  const byKey = new Map(raw.map((found) => [`${found.value["in"]}:${found.value["name"]}`, found]));
  const parameters = [...byKey.values()];
  const isSwagger = reader.root["swagger"] !== undefined;
  const body = isSwagger
    ? swaggerBodyOf(reader.root, operation, parameters)
    : readBody(reader, operation["requestBody"], `${pointer}/requestBody`);
  return {
    pointer,
    parameters: parameters.flatMap((found) => parameterOf(found, isSwagger)),
    ...(body === undefined ? {} : { body }),
    responses: readResponses(reader, operation, `${pointer}/responses`, isSwagger),
  };
}

interface Found {
  readonly value: JsonObject;
  readonly pointer: string;
}

function readParameters(reader: DocumentReader, list: unknown, pointer: string): readonly Found[] {
  if (!Array.isArray(list)) return [];
  return list.flatMap((raw, at) => {
    const found = reader.resolve(raw, `${pointer}/${at}`);
    return found === undefined || typeof found.value["name"] !== "string" ? [] : [found];
  });
}

const places: ReadonlySet<unknown> = new Set(["path", "query", "header", "cookie"]);
/** RFC-defined headers that a description has elsewhere (OpenAPI 3.1, Parameter Object). */
const headersElsewhere: ReadonlySet<string> = new Set(["accept", "content-type", "authorization"]);

function parameterOf({ value, pointer }: Found, isSwagger: boolean): ParameterDescription[] {
  const place = value["in"];
  const name = String(value["name"]);
  if (!isPlace(place)) return [];
  if (place === "header" && headersElsewhere.has(name.toLowerCase())) return [];
  const content = firstContentOf(value["content"]);
  const style = isSwagger ? swaggerStyleOf(value) : styleOf(value, place);
  return [
    {
      in: place,
      name: place === "header" ? name.toLowerCase() : name,
      required: value["required"] === true || place === "path",
      pointer,
      schema: content?.schema ?? (isSwagger ? swaggerSchemaOf(value) : (value["schema"] ?? true)),
      ...style,
      ...(content === undefined ? {} : { mediaType: content.type }),
    },
  ];
}

function isPlace(place: unknown): place is ParameterDescription["in"] {
  return places.has(place);
}

function firstContentOf(content: unknown): { type: string; schema: unknown } | undefined {
  const [entry] = Object.entries(isRecord(content) ? content : {});
  if (entry === undefined) return undefined;
  const [type, media] = entry;
  return { type, schema: isRecord(media) ? (media["schema"] ?? true) : true };
}

function styleOf(
  value: JsonObject,
  place: ParameterDescription["in"],
): Pick<ParameterDescription, "style" | "explode"> {
  const usual = place === "query" || place === "cookie" ? "form" : "simple";
  const style = typeof value["style"] === "string" ? value["style"] : usual;
  const { explode } = value;
  return { style, explode: typeof explode === "boolean" ? explode : style === "form" };
}

const collectionStyles: Readonly<Record<string, string>> = {
  csv: "form",
  ssv: "spaceDelimited",
  tsv: "tabDelimited",
  pipes: "pipeDelimited",
  multi: "form",
};

/** `collectionFormat` of OpenAPI 2.0. */
function swaggerStyleOf(value: JsonObject): Pick<ParameterDescription, "style" | "explode"> {
  const format = String(value["collectionFormat"] ?? "csv");
  const isPair = value["in"] === "query";
  return {
    style: isPair ? (collectionStyles[format] ?? "form") : "simple",
    explode: format === "multi",
  };
}

/** In OpenAPI 2.0 a parameter outside of the body is its own schema, with `required` as its own. */
function swaggerSchemaOf(value: JsonObject): unknown {
  const { name: _name, in: _in, required: _required, ...schema } = value;
  return schema;
}

function readBody(
  reader: DocumentReader,
  raw: unknown,
  pointer: string,
): BodyDescription | undefined {
  const found = reader.resolve(raw, pointer);
  if (found === undefined) return undefined;
  return {
    required: found.value["required"] === true,
    pointer: found.pointer,
    media: mediaOf(found.value["content"], found.pointer),
  };
}

function mediaOf(content: unknown, pointer: string): readonly MediaDescription[] {
  return Object.entries(isRecord(content) ? content : {}).map(([type, media]) => ({
    type: plainType(type),
    schema: isRecord(media) ? (media["schema"] ?? true) : true,
    pointer: `${pointer}/content/${type.replaceAll("~", "~0").replaceAll("/", "~1")}/schema`,
  }));
}

function plainType(type: string): string {
  const end = type.indexOf(";");
  return (end < 0 ? type : type.slice(0, end)).trim().toLowerCase();
}

function swaggerBodyOf(
  root: JsonObject,
  operation: JsonObject,
  parameters: readonly Found[],
): BodyDescription | undefined {
  const consumes = typesOf(operation["consumes"] ?? root["consumes"]);
  const body = parameters.find(({ value }) => value["in"] === "body");
  if (body !== undefined) {
    const types = consumes.length === 0 ? ["application/json"] : consumes;
    const schema = body.value["schema"] ?? true;
    const pointer = `${body.pointer}/schema`;
    return {
      required: body.value["required"] === true,
      pointer: body.pointer,
      media: types.map((type) => ({ type, schema, pointer })),
    };
  }
  const members = parameters.filter(({ value }) => value["in"] === "formData");
  const [first] = members;
  return first === undefined ? undefined : swaggerFormOf(members, consumes, first.pointer);
}

const formTypes: readonly string[] = ["application/x-www-form-urlencoded", "multipart/form-data"];

function swaggerFormOf(
  members: readonly Found[],
  consumes: readonly string[],
  pointer: string,
): BodyDescription {
  const required = members.filter(({ value }) => value["required"] === true);
  const schema = {
    type: "object",
    properties: Object.fromEntries(
      members.map(({ value }) => [String(value["name"]), swaggerSchemaOf(value)]),
    ),
    required: required.map(({ value }) => String(value["name"])),
  };
  const types = consumes.filter((type) => formTypes.includes(type));
  const media = (types.length === 0 ? formTypes : types).map((type) => ({ type, schema, pointer }));
  return { required: required.length > 0, pointer, media };
}

function typesOf(list: unknown): readonly string[] {
  return Array.isArray(list) ? list.map((type) => plainType(String(type))) : [];
}

function readResponses(
  reader: DocumentReader,
  operation: JsonObject,
  pointer: string,
  isSwagger: boolean,
): ReadonlyMap<string, readonly MediaDescription[]> {
  const { responses } = operation;
  const entries = Object.entries(isRecord(responses) ? responses : {}).flatMap(([status, raw]) => {
    const found = reader.resolve(raw, `${pointer}/${status}`);
    if (found === undefined) return [];
    const media = isSwagger
      ? swaggerResponseOf(reader.root, operation, found)
      : mediaOf(found.value["content"], found.pointer);
    return [[status.toUpperCase(), media] as const];
  });
  return new Map(entries);
}

function swaggerResponseOf(
  root: JsonObject,
  operation: JsonObject,
  { value, pointer }: Found,
): readonly MediaDescription[] {
  if (value["schema"] === undefined) return [];
  const produces = typesOf(operation["produces"] ?? root["produces"]);
  const types = produces.length === 0 ? ["application/json"] : produces;
  return types.map((type) => ({ type, schema: value["schema"], pointer: `${pointer}/schema` }));
}
