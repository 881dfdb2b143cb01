import { isRecord } from "../model/is-record.ts";
import type { SpecificationFile, SpecificationFiles } from "./specification-files.ts";
import { parseSpecificationText, type SpecificationText } from "./specification-text.ts";

/** Where the other files stand in the document that is made of all. */
const filesKey = "x-merlon-files";
const depthMax = 256;
/** Members whose values are data, in which a `$ref` refers to nothing. */
const dataKeys: ReadonlySet<string> = new Set(["example", "default", "const", "enum"]);

interface Loaded {
  readonly file: SpecificationFile;
  readonly text: SpecificationText;
  /** Pointer of the file's root in the joined document: empty for the first. */
  readonly prefix: string;
  root: unknown;
}

/**
 * Joins an OpenAPI document with the files it refers to, so that every reference is a local one.
 * Nothing is fetched. Throws ERR_SPECIFICATION_INVALID where a reference leads to no file beside it.
 */
export async function bundledOpenApi(
  text: SpecificationText,
  files: SpecificationFiles,
): Promise<SpecificationText> {
  const first: Loaded = { file: files.root, text, prefix: "", root: undefined };
  const loaded = new Map<string, Loaded>([[files.root.path, first]]);
  const queue: Loaded[] = [first];
  for (let from = queue.shift(); from !== undefined; from = queue.shift()) {
    const targets = new Map<string, Loaded>();
    for (const found of foreignReferences(from.text.root)) {
      const path = pathOf(found.reference);
      if (targets.has(path)) continue;
      const file = await fileOf(found, from, files);
      const target = loaded.get(file.path) ?? loadedFrom(file, loaded.size);
      if (!loaded.has(file.path)) queue.push(target);
      loaded.set(file.path, target);
      targets.set(path, target);
    }
    from.root = rewritten(from, targets);
  }
  return loaded.size === 1 ? text : joined(first, [...loaded.values()]);
}

async function fileOf(
  { reference, pointer }: Reference,
  from: Loaded,
  files: SpecificationFiles,
): Promise<SpecificationFile> {
  const path = pathOf(reference);
  if (/^[a-z][a-z0-9+.-]+:/i.test(path))
    throw from.text.invalid(pointer, `${reference} is on the network, which is not asked`);
  const file = await files.beside(from.file, decoded(path));
  if (file !== undefined) return file;
  throw from.text.invalid(pointer, `${reference} is no file that can be read below this folder`);
}

function loadedFrom(file: SpecificationFile, number: number): Loaded {
  const text = parseSpecificationText(file.text, file.path);
  return { file, text, prefix: `/${filesKey}/${number}`, root: undefined };
}

function joined(first: Loaded, all: readonly Loaded[]): SpecificationText {
  const root = isRecord(first.root) ? first.root : {};
  const others = Object.fromEntries(
    all.slice(1).map(({ root: other }, at) => [String(at + 1), other]),
  );
  return {
    source: first.text.source,
    root: { ...root, [filesKey]: others },
    invalid(pointer, problem) {
      const [key, number, ...rest] = pointer;
      const other = key === filesKey ? all[Number(number)] : undefined;
      return other === undefined
        ? first.text.invalid(pointer, problem)
        : other.text.invalid(rest, problem);
    },
  };
}

interface Reference {
  readonly reference: string;
  readonly pointer: readonly string[];
}

/** References to other files, each with its place. */
function foreignReferences(root: unknown): readonly Reference[] {
  const found: Reference[] = [];
  const seen = new Set<object>();
  const visit = (value: unknown, pointer: readonly string[]): void => {
    if (typeof value !== "object" || value === null) return;
    if (seen.has(value) || pointer.length > depthMax) return;
    seen.add(value);
    const reference = referenceIn(value);
    if (reference !== undefined && pathOf(reference) !== "") found.push({ reference, pointer });
    for (const [key, member] of Object.entries(value)) {
      if (!dataKeys.has(key)) visit(member, [...pointer, key]);
    }
  };
  visit(root, []);
  return found;
}

function referenceIn(value: object): string | undefined {
  const reference = isRecord(value) ? value["$ref"] : undefined;
  return typeof reference === "string" ? reference : undefined;
}

/** A copy in which references lead to where things stand in the joined document. */
function rewritten({ text, prefix }: Loaded, targets: ReadonlyMap<string, Loaded>): unknown {
  // What YAML's aliases share stays shared.
  const copies = new Map<object, unknown>();
  const member = (key: string, value: unknown, depth: number): unknown => {
    if (dataKeys.has(key)) return value;
    const isReference = key === "$ref" && typeof value === "string";
    return isReference ? localReference(value, prefix, targets) : copy(value, depth);
  };
  const copy = (value: unknown, depth: number): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const known = copies.get(value);
    if (known !== undefined || depth > depthMax) return known;
    const made: unknown[] & Record<string, unknown> = (
      Array.isArray(value) ? [] : {}
    ) as unknown[] & Record<string, unknown>;
    copies.set(value, made);
    for (const [key, inner] of Object.entries(value)) {
      Object.defineProperty(made, key, {
        value: member(key, inner, depth + 1),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    }
    return made;
  };
  return copy(text.root, 0);
}

function localReference(
  reference: string,
  prefix: string,
  targets: ReadonlyMap<string, Loaded>,
): string {
  const path = pathOf(reference);
  const pointer = reference.slice(path.length).replace(/^#/, "");
  return `#${path === "" ? prefix : (targets.get(path)?.prefix ?? "")}${pointer}`;
}

function pathOf(reference: string): string {
  return reference.split("#", 1)[0] ?? "";
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
