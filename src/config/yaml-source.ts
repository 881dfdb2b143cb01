import { type Document, isMap, isNode, isPair, isScalar, LineCounter, parseDocument } from "yaml";
import { ConfigurationError, type ConfigurationProblem } from "./configuration-error.ts";

interface Position {
  readonly line: number;
  readonly column: number;
}

/** A configuration file that was read: its plain value, and where each part of it stands. */
export interface YamlSource {
  readonly name: string;
  readonly value: unknown;
  /** Where the value at a path stands, or the nearest thing around it. */
  positionOf(path: readonly PropertyKey[]): Position | undefined;
  /** Where the key itself stands. */
  keyPositionOf(path: readonly PropertyKey[], key: string): Position | undefined;
}

/** Aliases may not multiply what is written: a few repeated blocks are honest, a bomb is not. */
const ALIASES_MAX = 100;

/** Reads YAML text; throws a `ConfigurationError` with every syntax error. */
export function readYaml(name: string, text: string): YamlSource {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    strict: true,
  });
  const positionAt = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const problems = document.errors.map(
    (error): ConfigurationProblem => ({
      source: name,
      ...positionAt(error.pos[0]),
      path: "",
      message: `not valid YAML: ${error.message}`,
    }),
  );
  if (problems.length > 0) throw new ConfigurationError(problems);

  return {
    name,
    value: plainValueOf(name, document),
    positionOf(path) {
      for (let length = path.length; length >= 0; length -= 1) {
        const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
        if (isNode(node) && node.range) return positionAt(node.range[0]);
      }
      return undefined;
    },
    keyPositionOf(path, key) {
      const map = path.length === 0 ? document.contents : document.getIn(path, true);
      if (!isMap(map)) return undefined;
      const pair = map.items.find((item) => isPair(item) && keyTextOf(item.key) === key);
      return isNode(pair?.key) && pair.key.range ? positionAt(pair.key.range[0]) : undefined;
    },
  };
}

function keyTextOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function plainValueOf(name: string, document: Document): unknown {
  try {
    // An empty file is an empty configuration.
    return document.toJS({ maxAliasCount: ALIASES_MAX }) ?? {};
  } catch (error) {
    const message = error instanceof ReferenceError ? "too many aliases" : "cannot be read";
    throw new ConfigurationError([
      {
        source: name,
        path: "",
        message,
        fix: `Write repeated parts out; at most ${ALIASES_MAX} may come from aliases.`,
      },
    ]);
  }
}
