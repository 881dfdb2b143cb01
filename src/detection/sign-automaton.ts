/** A text that a value is searched for, and the bit of whoever wants to know. */
export interface Sign {
  readonly bit: number;
  /** Printable ASCII, tab and line ends; letters in lower case stand for both cases. */
  readonly text: string;
}

/**
 * A finite automaton (Aho and Corasick) over all texts, as tables: the next state of a state and a
 * character class is `next[(state << shift) | class]`, and states from `accepting` on have seen a
 * text of the signs in `bits`. Reading it costs the same for each character of any value.
 */
export interface SignAutomaton {
  /** The class of each ASCII character; 0 for those that occur in no text. */
  readonly classes: Uint8Array;
  readonly next: Uint16Array;
  readonly shift: number;
  readonly accepting: number;
  readonly bits: Int32Array;
}

/** States are numbered in 16 bits. */
const statesMax = 65_535;

/** Compiles the texts; throws when one cannot be read or all together are too many. */
export function createSignAutomaton(signs: readonly Sign[]): SignAutomaton {
  const classes = classesOf(signs);
  const nodes = createTrie(signs, classes);
  if (nodes.length > statesMax) throw new Error(`Too many signs: ${nodes.length} states.`);
  const order = linkAll(nodes);
  const shift = Math.ceil(Math.log2(Math.max(2, ...classes) + 1));
  const stateOf = statesOf(order);
  const next = new Uint16Array(nodes.length << shift);
  const bits = new Int32Array(nodes.length);
  for (const node of order) {
    const state = stateOf.get(node) ?? 0;
    bits[state] = node.bits;
    for (const [byClass, target] of node.next.entries()) {
      next[(state << shift) | byClass] = stateOf.get(target ?? node) ?? 0;
    }
  }
  const accepting = order.filter((node) => node.bits === 0).length;
  return { classes, next, shift, accepting, bits };
}

interface Node {
  /** By class; missing ones are filled in from the fallback. */
  readonly next: (Node | undefined)[];
  bits: number;
  /** The state of the longest proper suffix. */
  fallback: Node | undefined;
}

function classesOf(signs: readonly Sign[]): Uint8Array {
  const classes = new Uint8Array(128);
  let last = 0;
  for (const { text } of signs) {
    if (text === "" || !isReadable(text)) throw new Error(`Not a sign: ${JSON.stringify(text)}`);
    for (const character of text) {
      const code = character.charCodeAt(0);
      if (classes[code] === 0) classes[code] = ++last;
    }
  }
  for (let upper = 0x41; upper <= 0x5a; upper++) classes[upper] = classes[upper | 0x20] ?? 0;
  return classes;
}

function isReadable(text: string): boolean {
  for (const character of text) {
    if (character < "\t" || character > "\u007e") return false;
    if (character >= "A" && character <= "Z") return false;
  }
  return true;
}

function createTrie(signs: readonly Sign[], classes: Uint8Array): Node[] {
  const width = Math.max(0, ...classes) + 1;
  const root = createNode(width);
  const nodes: Node[] = [root];
  for (const { bit, text } of signs) {
    let node = root;
    for (const character of text) {
      const byClass = classes[character.charCodeAt(0)] ?? 0;
      const following = node.next[byClass] ?? createNode(width);
      if (node.next[byClass] === undefined) nodes.push(following);
      node.next[byClass] = following;
      node = following;
    }
    node.bits |= bit;
  }
  return nodes;
}

function createNode(width: number): Node {
  return { next: Array.from({ length: width }), bits: 0, fallback: undefined };
}

/** Fills in every transition, breadth first, and returns the nodes in that order. */
function linkAll(nodes: readonly Node[]): readonly Node[] {
  const [root] = nodes;
  if (root === undefined) return [];
  const order: Node[] = [root];
  for (const node of order) {
    node.bits |= node.fallback?.bits ?? 0;
    for (let byClass = 0; byClass < node.next.length; byClass++) {
      // Of the root itself nothing is left: what does not follow there leads back to it.
      const elsewhere = (node === root ? root : node.fallback?.next[byClass]) ?? root;
      const following = node.next[byClass];
      node.next[byClass] = following ?? elsewhere;
      if (following === undefined) continue;
      following.fallback = elsewhere;
      order.push(following);
    }
  }
  return order;
}

/** States that have seen nothing first, the root as 0, so that one comparison tells them apart. */
function statesOf(order: readonly Node[]): ReadonlyMap<Node, number> {
  const quiet = order.filter((node) => node.bits === 0);
  const telling = order.filter((node) => node.bits !== 0);
  return new Map([...quiet, ...telling].map((node, state) => [node, state]));
}
