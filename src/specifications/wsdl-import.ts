import { MerlonError } from "../model/merlon-error.ts";
import type { DocumentedOperation, Specification } from "./specification.ts";
import type { SpecificationFile, SpecificationFiles } from "./specification-files.ts";
import { specificationFix } from "./specification-text.ts";
import { localName, parseXml, type XmlElement } from "./xml-tree.ts";

/** Path and host of a service, as `soap:address` says. */
interface Place {
  readonly path: string;
  readonly host: string | undefined;
  readonly isAnywhere: boolean;
}

/**
 * Reads a WSDL 1.1 description with the files that it imports. Throws ERR_SPECIFICATION_INVALID with
 * the line of what is wrong.
 */
export async function readWsdl(
  file: SpecificationFile,
  source: string,
  files?: SpecificationFiles,
): Promise<Specification> {
  const root = parsed(file.text, source);
  if (root.name !== "definitions")
    throw invalid(source, root.line, `<${root.name}> instead of WSDL 1.1's <definitions>`);
  const imports = files === undefined ? [] : await importsOf({ file, source, root }, files);
  const definitions = [
    root,
    ...imports
      .filter(({ root: imported }) => imported.name === "definitions")
      .map((one) => one.root),
  ];
  const all = definitions.flatMap(({ children }) => children);
  const { hosts, operations } = operationsIn(all);
  return {
    source,
    title: root.attributes["name"] ?? source,
    version: "",
    hosts,
    operations,
    document: { format: "wsdl", text: file.text, schemas: imports.map((one) => one.file.text) },
  };
}

interface Parsed {
  readonly file: SpecificationFile;
  readonly source: string;
  readonly root: XmlElement;
}

/** What is imported and included, over any number of steps, each file once. */
async function importsOf(first: Parsed, files: SpecificationFiles): Promise<readonly Parsed[]> {
  const found = new Map<string, Parsed>();
  const queue: Parsed[] = [first];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const { location, line } of locationsIn(next.root)) {
      // Addresses on the network are names of well-known schemas, or cannot be had here.
      if (/^[a-z][a-z0-9+.-]+:/i.test(location)) continue;
      const file = await files.beside(next.file, location);
      if (file === undefined)
        throw invalid(
          next.source,
          line,
          `${location} is no file that can be read below this folder`,
        );
      if (found.has(file.path) || file.path === first.file.path) continue;
      const imported = { file, source: file.path, root: parsed(file.text, file.path) };
      found.set(file.path, imported);
      queue.push(imported);
    }
  }
  return [...found.values()];
}

function locationsIn(element: XmlElement): readonly { location: string; line: number }[] {
  const { name, attributes, line } = element;
  const isReference = name === "import" || name === "include";
  const location = attributes["location"] ?? attributes["schemaLocation"];
  const own = isReference && location !== undefined && location !== "" ? [{ location, line }] : [];
  return [...own, ...element.children.flatMap(locationsIn)];
}

function operationsIn(all: readonly XmlElement[]): Pick<Specification, "hosts" | "operations"> {
  const named = (kind: string, name: string | undefined): XmlElement | undefined =>
    all.find(
      (element) => element.name === kind && element.attributes["name"] === localName(name ?? ""),
    );
  const hosts = new Set<string>();
  const operations = new Map<string, DocumentedOperation>();
  for (const port of all.filter(({ name }) => name === "service").flatMap(childrenOf("port"))) {
    const address = childrenOf("address")(port)[0];
    const binding = named("binding", port.attributes["binding"]);
    if (address === undefined || binding === undefined) continue;
    const place = placeOf(address.attributes["location"] ?? "");
    if (place.host !== undefined) hosts.add(place.host);
    const portType = named("portType", binding.attributes["type"]);
    for (const bound of childrenOf("operation")(binding)) {
      const name = bodyElementOf(bound, { binding, portType, named });
      const operation = operationOf(name, place);
      operations.set(`${operation.path} ${name}`, operation);
    }
  }
  return { hosts: [...hosts], operations: [...operations.values()] };
}

function operationOf(name: string, { path, isAnywhere }: Place): DocumentedOperation {
  return {
    method: "POST",
    path,
    ...(isAnywhere ? { isAnywhere } : {}),
    operation: name,
    style: "soap",
    deprecated: false,
    parameters: [],
  };
}

/** What stands in the envelope's body: the operation's name in RPC style, else the message's element. */
function bodyElementOf(
  bound: XmlElement,
  {
    binding,
    portType,
    named,
  }: {
    readonly binding: XmlElement;
    readonly portType: XmlElement | undefined;
    readonly named: (kind: string, name: string | undefined) => XmlElement | undefined;
  },
): string {
  const name = bound.attributes["name"] ?? "";
  const style =
    childrenOf("operation")(bound)[0]?.attributes["style"] ??
    childrenOf("binding")(binding)[0]?.attributes["style"];
  if (style === "rpc" || portType === undefined) return name;
  const abstract = childrenOf("operation")(portType).find((one) => one.attributes["name"] === name);
  const input = abstract === undefined ? undefined : childrenOf("input")(abstract)[0];
  const message = named("message", input?.attributes["message"]);
  const parts = message === undefined ? [] : childrenOf("part")(message);
  const element = parts.find(({ attributes }) => attributes["element"] !== undefined);
  return element === undefined ? name : localName(element.attributes["element"] ?? name);
}

function placeOf(location: string): Place {
  const url = URL.canParse(location) ? new URL(location) : undefined;
  // Generators leave placeholders such as REPLACE_WITH_ACTUAL_URL.
  if (url === undefined || !url.protocol.startsWith("http"))
    return { path: location.startsWith("/") ? location : "/", host: undefined, isAnywhere: true };
  return { path: url.pathname, host: url.host, isAnywhere: false };
}

function childrenOf(name: string): (element: XmlElement) => readonly XmlElement[] {
  return ({ children }) => children.filter((child) => child.name === name);
}

function parsed(text: string, source: string): XmlElement {
  try {
    return parseXml(text);
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : "not XML";
    throw new MerlonError("ERR_SPECIFICATION_INVALID", `${source}:${problem}`, {
      fix: specificationFix,
      cause,
    });
  }
}

function invalid(source: string, line: number, problem: string): MerlonError {
  return new MerlonError("ERR_SPECIFICATION_INVALID", `${source}:${line}: ${problem}`, {
    fix: specificationFix,
  });
}
