/** How a parameter's value is written, in the words of OpenAPI 3; those of 2.0 are translated. */
export interface ParameterStyle {
  readonly style: string;
  readonly explode: boolean;
  /** What the schema makes of it. */
  readonly shape: "value" | "array" | "object";
}

/** A parameter as read from the request: text, a list of texts, or texts by name. */
export type RawParameter = string | readonly string[] | Readonly<Record<string, string>>;

/** Longer lists are cut: more elements no check needs to see. */
const elementsMax = 10_000;

/** The value of a path segment or header, percent-decoded before: `simple`, `label`, `matrix`. */
export function simpleValueOf(text: string, name: string, style: ParameterStyle): RawParameter {
  if (style.style === "label") return labelValueOf(text, style);
  if (style.style === "matrix") return matrixValueOf(text, name, style);
  if (style.shape === "array") return listOf(text, ",");
  if (style.shape === "object") return objectOf(listOf(text, ","), style.explode);
  return text;
}

function labelValueOf(text: string, { shape, explode }: ParameterStyle): RawParameter {
  const plain = text.startsWith(".") ? text.slice(1) : text;
  if (shape === "value") return plain;
  const elements = listOf(plain, explode ? "." : ",");
  return shape === "array" ? elements : objectOf(elements, explode);
}

function matrixValueOf(text: string, name: string, style: ParameterStyle): RawParameter {
  const { shape, explode } = style;
  const pairs = listOf(text.startsWith(";") ? text.slice(1) : text, ";");
  if (shape === "object" && explode) return objectOf(pairs, true);
  const values = pairs
    .filter((pair) => pair === name || pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  if (shape === "value") return values[0] ?? text;
  if (explode) return values;
  const elements = listOf(values[0] ?? "", ",");
  return shape === "array" ? elements : objectOf(elements, false);
}

const delimiters: Readonly<Record<string, string>> = {
  form: ",",
  spaceDelimited: " ",
  pipeDelimited: "|",
  tabDelimited: "\t",
};

/** The value of a query, form or cookie parameter; undefined when it is not there. */
export function pairValueOf(
  pairs: ReadonlyMap<string, readonly string[]>,
  name: string,
  { style, explode, shape }: ParameterStyle,
): RawParameter | undefined {
  if (shape === "object") return objectValueOf(pairs, name, style, explode);
  const values = pairs.get(name) ?? (shape === "array" ? pairs.get(`${name}[]`) : undefined);
  if (values === undefined) return shape === "array" ? indexedValuesOf(pairs, name) : undefined;
  if (shape === "value") return values.length === 1 ? (values[0] ?? "") : values;
  if (explode || values.length > 1) return values;
  return listOf(values[0] ?? "", delimiters[style] ?? ",");
}

/** `ids[0]=1&ids[1]=2`, as some clients write lists. */
function indexedValuesOf(
  pairs: ReadonlyMap<string, readonly string[]>,
  name: string,
): readonly string[] | undefined {
  const values: string[] = [];
  for (const [key, found] of pairs) {
    if (key.startsWith(`${name}[`) && /^\[\d{1,6}\]$/.test(key.slice(name.length))) {
      values.push(...found);
    }
  }
  return values.length === 0 ? undefined : values;
}

function objectValueOf(
  pairs: ReadonlyMap<string, readonly string[]>,
  name: string,
  style: string,
  explode: boolean,
): RawParameter | undefined {
  if (style === "deepObject") return deepObjectOf(pairs, name);
  // Its members are parameters of their own; whoever asks knows their names.
  if (explode) return undefined;
  const values = pairs.get(name);
  if (values === undefined) return undefined;
  return objectOf(listOf(values[0] ?? "", delimiters[style] ?? ","), false);
}

/** `filter[name]=a&filter[age]=3`; one level, as OpenAPI defines it. */
function deepObjectOf(
  pairs: ReadonlyMap<string, readonly string[]>,
  name: string,
): Readonly<Record<string, string>> | undefined {
  const entries: [string, string][] = [];
  for (const [key, values] of pairs) {
    if (!key.startsWith(`${name}[`) || !key.endsWith("]")) continue;
    const member = key.slice(name.length + 1, -1);
    if (!member.includes("[")) entries.push([member, values[0] ?? ""]);
  }
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function listOf(text: string, delimiter: string): readonly string[] {
  return text === "" ? [] : text.split(delimiter, elementsMax);
}

/** `R=100,G=200` when exploded, else `R,100,G,200`. */
function objectOf(elements: readonly string[], explode: boolean): Readonly<Record<string, string>> {
  const entries: [string, string][] = [];
  if (explode) {
    for (const element of elements) {
      const equals = element.indexOf("=");
      if (equals >= 0) entries.push([element.slice(0, equals), element.slice(equals + 1)]);
    }
  } else {
    for (let at = 0; at + 1 < elements.length; at += 2) {
      entries.push([elements[at] ?? "", elements[at + 1] ?? ""]);
    }
  }
  return Object.fromEntries(entries);
}
