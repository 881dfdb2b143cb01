import type { PathNode } from "./path-trie.ts";

/** What of a documented literal belongs to the documented parameter beside it. */
interface Divided {
  readonly kept: PathNode;
  readonly given: PathNode;
}

/** What of the nodes of one segment stays below it, and what goes to the parameter beside it. */
export function dividedLiterals(
  literals: readonly PathNode[],
  parameter: readonly PathNode[] | undefined,
): { readonly kept: readonly PathNode[]; readonly given: readonly PathNode[] } {
  const kept: PathNode[] = [];
  const given: PathNode[] = [];
  for (const literal of literals) {
    const parts = dividedLiteral(literal, parameter);
    kept.push(parts?.kept ?? literal);
    if (parts !== undefined) given.push(parts.given);
  }
  return { kept, given };
}

/**
 * `/metadata/global/properties` beside `/metadata/{scope}/{key}`: what goes on below `global` in a way
 * that only the parameter's operations do has `global` as a value. Undefined when nothing does.
 */
function dividedLiteral(
  literal: PathNode,
  parameter: readonly PathNode[] | undefined,
): Divided | undefined {
  if (literal.documented === undefined || parameter === undefined) return undefined;
  const keys = new Set(parameter.flatMap((node) => documentedSlotsOf(node)));
  if (keys.size === 0) return undefined;
  const literals = divide(literal.literals, () => keys.has(""));
  const slots = divide(literal.slots, (suffix) => keys.has(suffix));
  if (literals.given.size + slots.given.size === 0) return undefined;
  const calls = [...literals.given.values(), ...slots.given.values()].reduce(
    (sum, node) => sum + node.calls,
    0,
  );
  return {
    kept: { ...literal, literals: literals.kept, slots: slots.kept, calls: literal.calls - calls },
    given: {
      literals: literals.given,
      slots: slots.given,
      ends: new Map(),
      types: new Map([["word", calls]]),
      folded: new Map(),
      calls,
    },
  };
}

/** Keys of the parameters that a specification names directly below a place. */
function documentedSlotsOf(node: PathNode): readonly string[] {
  return [...node.slots]
    .filter(([, child]) => child.documented !== undefined)
    .map(([suffix]) => suffix);
}

function divide(
  children: ReadonlyMap<string, PathNode>,
  mayGo: (key: string) => boolean,
): { readonly kept: Map<string, PathNode>; readonly given: Map<string, PathNode> } {
  const [kept, given] = [new Map<string, PathNode>(), new Map<string, PathNode>()];
  for (const [key, child] of children) {
    const goes = child.documented === undefined && mayGo(key);
    (goes ? given : kept).set(key, child);
  }
  return { kept, given };
}
