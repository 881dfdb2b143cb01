import { SaxesParser } from "saxes";
import { isRecord } from "../../../model/is-record.ts";
import type { BodyValue } from "./body-values.ts";
import type { DescribedApi } from "./described-api.ts";
import type { JsonObject } from "./document-reader.ts";
import type { Direction } from "./schema-translation.ts";

/** Deeper documents are refused. */
const depthMax = 100;
const elementsMax = 20_000;

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

/** An XML text as the value its schema speaks of (OpenAPI, XML Object); entities are never expanded. */
export function xmlValueOf(
  text: string,
  schema: unknown,
  api: DescribedApi,
  direction: Direction,
): BodyValue {
  const root = tryParseXml(text);
  if (root === undefined) return { problem: "is no well-formed XML that can be checked" };
  // A description that does not say how its members are written in XML cannot be held against it.
  if (!isRecord(schema) || api.coercion.typesOf(schema).size === 0) return { isOpaque: true };
  return { value: elementValueOf(root, schema, { api, direction }, 0), isCoerced: true };
}

function tryParseXml(text: string): Element | undefined {
  if (text.includes("<!DOCTYPE")) return undefined;
  const parser = new SaxesParser();
  const open: Element[] = [];
  let root: Element | undefined;
  let count = 0;
  let isBroken = false;
  parser.on("error", () => {
    isBroken = true;
  });
  parser.on("opentag", ({ name, attributes }) => {
    count += 1;
    if (open.length >= depthMax || count > elementsMax) isBroken = true;
    const element: Element = { name: localNameOf(name), attributes, children: [], text: "" };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const addText = (part: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += part;
  };
  parser.on("text", addText);
  parser.on("cdata", addText);
  parser.on("closetag", () => {
    open.pop();
  });
  parser.write(text).close();
  return isBroken ? undefined : root;
}

function localNameOf(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

interface Reading {
  readonly api: DescribedApi;
  readonly direction: Direction;
}

function elementValueOf(element: Element, schema: unknown, to: Reading, depth: number): unknown {
  const { coercion, shapes } = to.api;
  const shape = shapes.shapeOf(schema);
  const types = coercion.typesOf(schema);
  if (types.has("array")) {
    return element.children.map((child) => elementValueOf(child, shape?.items, to, depth + 1));
  }
  const isObject = types.has("object") || (shape?.properties.size ?? 0) > 0;
  if (!isObject || depth > depthMax) return coercion.valueOf(element.text.trim(), schema);
  return membersOf(element, shape?.properties ?? new Map(), to, depth);
}

function membersOf(
  element: Element,
  properties: ReadonlyMap<string, { readonly schema: unknown }>,
  to: Reading,
  depth: number,
): JsonObject {
  const entries: [string, unknown][] = [];
  const taken = new Set<string>();
  for (const [name, { schema }] of properties) {
    const { written, isAttribute, isWrapped } = writingOf(name, schema, to);
    taken.add(written);
    if (isAttribute) {
      const value = element.attributes[written];
      if (value !== undefined) entries.push([name, to.api.coercion.valueOf(value, schema)]);
      continue;
    }
    const found = element.children.filter((child) => child.name === written);
    const [first] = found;
    if (first === undefined) continue;
    const isArray = to.api.coercion.shapeOf(schema) === "array";
    if (!isArray || isWrapped) entries.push([name, elementValueOf(first, schema, to, depth + 1)]);
    else {
      const items = to.api.shapes.shapeOf(schema)?.items;
      entries.push([name, found.map((child) => elementValueOf(child, items, to, depth + 1))]);
    }
  }
  for (const child of element.children) {
    if (!taken.has(child.name)) entries.push([child.name, child.text.trim()]);
  }
  return Object.fromEntries(entries);
}

/** The name that a property has in XML, and whether it is an attribute or a wrapped list. */
function writingOf(
  name: string,
  schema: unknown,
  { api }: Reading,
): { readonly written: string; readonly isAttribute: boolean; readonly isWrapped: boolean } {
  const target = api.reader.resolve(schema, "")?.value ?? {};
  const xml = isRecord(target["xml"]) ? target["xml"] : {};
  const isWrapped = xml["wrapped"] === true;
  const items = api.reader.resolve(target["items"], "")?.value ?? {};
  const itemXml = isRecord(items["xml"]) ? items["xml"] : {};
  const isList = api.coercion.shapeOf(schema) === "array";
  const own = isList && !isWrapped ? (itemXml["name"] ?? xml["name"]) : xml["name"];
  return {
    written: typeof own === "string" ? own : name,
    isAttribute: xml["attribute"] === true,
    isWrapped,
  };
}
