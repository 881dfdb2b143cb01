import { isNode, LineCounter, parseDocument } from "yaml";
import { MerlonError } from "../model/merlon-error.ts";

/** A parsed document that can still say where in its text something stands. */
export interface SpecificationText {
  readonly source: string;
  readonly root: unknown;
  /** The error for the place of a JSON pointer. */
  invalid(pointer: readonly string[], problem: string): MerlonError;
}

export const specificationFix =
  "Correct the specification. OpenAPI 3.x and 2.0, GraphQL schemas, WSDL 1.1 and Postman collections are read.";

/** Parses YAML or JSON. Throws ERR_SPECIFICATION_INVALID at the line that cannot be read. */
export function parseSpecificationText(text: string, source: string): SpecificationText {
  const json = tryParseJson(text);
  if (json !== undefined) return withPositions(text, source, json);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line } = lines.linePos(error.pos[0]);
    const problem = error.message.split("\n", 1)[0] ?? "not valid YAML";
    throw new MerlonError("ERR_SPECIFICATION_INVALID", `${source}:${line}: ${problem}`, {
      fix: specificationFix,
    });
  }
  return withPositions(
    text,
    source,
    plain(() => document.toJS({ maxAliasCount: 1_000 }) as unknown, source),
  );
}

function plain(read: () => unknown, source: string): unknown {
  try {
    return read();
  } catch (cause) {
    throw new MerlonError("ERR_SPECIFICATION_INVALID", `${source}: too many aliases`, {
      fix: specificationFix,
      cause,
    });
  }
}

/** JSON is read an order of magnitude faster by its own parser. */
function tryParseJson(text: string): unknown {
  if (!/^\s*\{/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function withPositions(text: string, source: string, root: unknown): SpecificationText {
  return {
    source,
    root,
    invalid(pointer, problem) {
      const path = pointer
        .map((part) => `/${part.replaceAll("~", "~0").replaceAll("/", "~1")}`)
        .join("");
      const line = lineOf(text, pointer);
      const place = line === undefined ? source : `${source}:${line}`;
      return new MerlonError(
        "ERR_SPECIFICATION_INVALID",
        `${place}: ${path === "" ? "/" : path}: ${problem}`,
        { fix: specificationFix },
      );
    },
  };
}

/** Positions are only wanted for errors, so the text is parsed again for them. */
function lineOf(text: string, pointer: readonly string[]): number | undefined {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false });
  for (let length = pointer.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(pointer.slice(0, length), true);
    if (isNode(node) && node.range !== null && node.range !== undefined) {
      return lines.linePos(node.range[0]).line;
    }
  }
  return undefined;
}
