/**
 * The kind of object that a name speaks of, so that `/orders/12`, `orderId=12`, `"order_id": 12` and
 * `"orders": [{"id": 12}]` are one and the same: lower case, singular, without `id` and qualifiers.
 */
export function kindOfCollection(name: string): string {
  return singularOf(lastWordOf(name));
}

/** The kind that a field's name refers to: `customerOrderId` → `order`; undefined when it names no id. */
export function kindOfReference(name: string): string | undefined {
  const words = wordsOf(name);
  const last = words.at(-1);
  if (words.length < 2 || last === undefined || !idWords.has(last)) return undefined;
  return singularOf(words.at(-2) ?? "");
}

/** Whether the name alone says "the id of this object". */
export function isOwnId(name: string): boolean {
  const words = wordsOf(name);
  return words.length === 1 && idWords.has(words[0] ?? "");
}

const idWords: ReadonlySet<string> = new Set([
  "guid",
  "id",
  "ids",
  "no",
  "number",
  "ref",
  "slug",
  "uuid",
]);

/** Names that only wrap a list and say nothing of what is in it. */
const wrappers: ReadonlySet<string> = new Set([
  "content",
  "data",
  "edge",
  "element",
  "embedded",
  "entry",
  "hit",
  "item",
  "list",
  "member",
  "node",
  "object",
  "page",
  "payload",
  "record",
  "resource",
  "response",
  "result",
  "row",
  "value",
]);

export function isWrapper(kind: string): boolean {
  return wrappers.has(kind);
}

function lastWordOf(name: string): string {
  return wordsOf(name).at(-1) ?? "";
}

/** `customerOrderIDs`, `customer_order_ids` and `customer-order-ids` are `customer`, `order`, `ids`. */
function wordsOf(name: string): readonly string[] {
  const known = wordsByName.get(name);
  if (known !== undefined) return known;
  const words = splitName(name);
  // Names are few in honest traffic; a client that invents them only empties the memory.
  if (wordsByName.size >= namesMax) wordsByName.clear();
  if (name.length <= nameLengthMax) wordsByName.set(name, words);
  return words;
}

const namesMax = 5_000;
const nameLengthMax = 100;
const wordsByName = new Map<string, readonly string[]>();

function splitName(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

function singularOf(word: string): string {
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (/(?:ch|sh|x|ss)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith("s") && word.length > 3 ? word.slice(0, -1) : word;
}
