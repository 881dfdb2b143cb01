import { type EndpointPattern, isHostMatch } from "./endpoint-pattern.ts";
import { matchingSegmentsOf } from "./matching-path.ts";

/** Finds what was said about an endpoint among many, by a trie over path segments. */
export interface EndpointMatcher<Entry> {
  /** All entries whose template fits, the most specific first: literal before template, host before `*`. */
  match(method: string, authority: string, segments: readonly string[]): readonly Entry[];
}

interface Leaf<Entry> {
  readonly method: string;
  readonly host: string;
  readonly entry: Entry;
}

interface Node<Entry> {
  readonly literals: Map<string, Node<Entry>>;
  /** `{id}` or `{name}.json`: what stands around the braces, longest first. */
  readonly templates: {
    readonly prefix: string;
    readonly suffix: string;
    readonly node: Node<Entry>;
  }[];
  readonly leaves: Leaf<Entry>[];
}

/** Builds the trie once; a lookup costs the path's length, whatever the number of entries. */
export function createEndpointMatcher<Entry>(
  entries: readonly { readonly pattern: EndpointPattern; readonly entry: Entry }[],
): EndpointMatcher<Entry> {
  const root: Node<Entry> = emptyNode();
  for (const { pattern, entry } of entries) {
    let node = root;
    for (const segment of pattern.segments) node = childOf(node, segment);
    node.leaves.push({ method: pattern.method, host: pattern.host, entry });
  }
  sortTree(root);

  return {
    match(method, authority, segments) {
      const found: Entry[] = [];
      collect(root, { method, authority, segments }, 0, found);
      return found;
    },
  };
}

function emptyNode<Entry>(): Node<Entry> {
  return { literals: new Map(), templates: [], leaves: [] };
}

function childOf<Entry>(node: Node<Entry>, segment: string): Node<Entry> {
  const open = segment.indexOf("{");
  const close = segment.lastIndexOf("}");
  if (open < 0 || close < open) {
    const literal = matchingSegmentsOf(segment)[0] ?? segment;
    const known = node.literals.get(literal) ?? emptyNode<Entry>();
    node.literals.set(literal, known);
    return known;
  }
  // Parameter names do not matter: `{id}` and `{productId}` are the same place.
  const prefix = segment.slice(0, open);
  const suffix = segment.slice(close + 1);
  const known = node.templates.find((other) => other.prefix === prefix && other.suffix === suffix);
  if (known !== undefined) return known.node;
  const created = emptyNode<Entry>();
  node.templates.push({ prefix, suffix, node: created });
  return created;
}

function sortTree<Entry>(node: Node<Entry>): void {
  node.leaves.sort((a, b) => wildcardsOf(a) - wildcardsOf(b));
  node.templates.sort((a, b) => fixedLengthOf(b) - fixedLengthOf(a));
  for (const child of node.literals.values()) sortTree(child);
  for (const { node: child } of node.templates) sortTree(child);
}

function wildcardsOf({ method, host }: { method: string; host: string }): number {
  return (host === "*" ? 2 : 0) + (method === "*" ? 1 : 0);
}

function fixedLengthOf({ prefix, suffix }: { prefix: string; suffix: string }): number {
  return prefix.length + suffix.length;
}

interface Target {
  readonly method: string;
  readonly authority: string;
  readonly segments: readonly string[];
}

// The recursion is as deep as the deepest template of the policy, not as the client's path.
function collect<Entry>(node: Node<Entry>, target: Target, depth: number, found: Entry[]): void {
  const segment = target.segments[depth];
  if (segment === undefined) {
    for (const leaf of node.leaves) if (isLeafMatch(leaf, target)) found.push(leaf.entry);
    return;
  }
  const literal = node.literals.get(segment);
  if (literal !== undefined) collect(literal, target, depth + 1, found);
  for (const { prefix, suffix, node: child } of node.templates) {
    const isFit =
      segment.length > prefix.length + suffix.length &&
      segment.startsWith(prefix) &&
      segment.endsWith(suffix);
    if (isFit) collect(child, target, depth + 1, found);
  }
}

function isLeafMatch<Entry>(leaf: Leaf<Entry>, { method, authority }: Target): boolean {
  if (leaf.method !== "*" && leaf.method !== method) return false;
  return isHostMatch(leaf.host, authority);
}
