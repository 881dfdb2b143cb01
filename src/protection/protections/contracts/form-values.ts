import { formDecoded } from "../../../http/percent-decoding.ts";

/** Further pairs are dropped; whoever sends so many is refused by the limits of requests. */
const pairsMax = 10_000;
/** `a[b][c]` goes this deep; what is deeper keeps its name as it stands. */
const bracketsMax = 8;
/** `items[9]` may name an index up to here. */
const indexMax = 10_000;

/** The pairs of a query or an urlencoded form by name, decoded, in order. */
export function pairsOf(text: string): ReadonlyMap<string, readonly string[]> {
  const pairs = new Map<string, string[]>();
  if (text === "") return pairs;
  for (const pair of text.split("&", pairsMax)) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = formDecoded(equals < 0 ? pair : pair.slice(0, equals));
    const value = equals < 0 ? "" : formDecoded(pair.slice(equals + 1));
    const known = pairs.get(name);
    if (known === undefined) pairs.set(name, [value]);
    else known.push(value);
  }
  return pairs;
}

/** Cookies by name; the first of a name counts, as with most servers. */
export function cookiesOf(headers: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const cookies = new Map<string, readonly string[]>();
  for (const pair of headers.join(";").split(";", pairsMax)) {
    const equals = pair.indexOf("=");
    if (equals < 0) continue;
    const name = pair.slice(0, equals).trim();
    const value = pair.slice(equals + 1).trim();
    if (!cookies.has(name)) cookies.set(name, [value.replace(/^"|"$/g, "")]);
  }
  return cookies;
}

/**
 * Names with brackets as the nested objects and lists that servers make of them:
 * `items[0][sku]=a&tags[]=b`. Names that `isPlain` knows are taken as they stand.
 */
export function nestedValues(
  pairs: Iterable<readonly [name: string, values: readonly unknown[]]>,
  isPlain: (name: string) => boolean,
): Readonly<Record<string, unknown>> {
  const root: Node = new Map();
  for (const [name, values] of pairs) {
    const path = isPlain(name) ? [name] : pathOf(name);
    for (const value of values) place(root, path, value);
  }
  return objectOf(root);
}

type Node = Map<string, unknown>;

function pathOf(name: string): readonly string[] {
  const open = name.indexOf("[");
  if (open <= 0 || !name.endsWith("]")) return [name];
  const inner = name.slice(open + 1, -1).split("][");
  return inner.length > bracketsMax ? [name] : [name.slice(0, open), ...inner];
}

function place(root: Node, path: readonly string[], value: unknown): void {
  let node = root;
  for (const part of path.slice(0, -1)) {
    const key = part === "" ? String(node.size) : part;
    const child = node.get(key);
    if (child instanceof Map) node = child;
    else {
      const created: Node = new Map();
      node.set(key, created);
      node = created;
    }
  }
  const last = path.at(-1) ?? "";
  const key = last === "" ? String(node.size) : last;
  const before = node.get(key);
  if (before === undefined) node.set(key, value);
  else if (Array.isArray(before)) before.push(value);
  else node.set(key, [before, value]);
}

function objectOf(node: Node): Readonly<Record<string, unknown>> {
  // `fromEntries` defines its members: a member named __proto__ is one like any other.
  return Object.fromEntries([...node].map(([name, value]) => [name, plainValueOf(value)]));
}

function plainValueOf(value: unknown): unknown {
  if (!(value instanceof Map)) return value;
  const node = value as Node;
  const isList = [...node.keys()].every((key) => /^\d{1,5}$/.test(key) && Number(key) <= indexMax);
  return isList ? [...node.values()].map(plainValueOf) : objectOf(node);
}
