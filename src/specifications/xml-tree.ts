import { SaxesParser } from "saxes";

/** An element with its names cut to what stands behind the prefix. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly line: number;
}

const elementsMax = 500_000;
const depthMax = 256;

/** Parses XML without expanding entities. Throws an Error with `line: problem` where it is not well-formed. */
export function parseXml(text: string): XmlElement {
  const root: { of: XmlElement | undefined } = { of: undefined };
  const open: (XmlElement & { readonly children: XmlElement[] })[] = [];
  let elements = 0;
  const parser = new SaxesParser({ xmlns: false });
  parser.on("error", (error) => {
    // The parser puts `line:column` in front.
    throw new Error(error.message);
  });
  parser.on("opentag", ({ name, attributes }) => {
    elements += 1;
    if (elements > elementsMax || open.length >= depthMax)
      throw new Error(`${parser.line}: too many elements`);
    const element = {
      name: localName(name),
      attributes: Object.fromEntries(
        Object.entries(attributes).map(([key, value]) => [localName(key), String(value)]),
      ),
      children: [],
      line: parser.line,
    };
    open.at(-1)?.children.push(element);
    root.of ??= element;
    open.push(element);
  });
  parser.on("closetag", () => open.pop());
  parser.write(text).close();
  if (root.of === undefined) throw new Error("1: no element");
  return root.of;
}

/** `soap:Body` → `Body`. */
export function localName(name: string): string {
  return name.slice(name.lastIndexOf(":") + 1);
}
