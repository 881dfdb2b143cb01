import type { PathNode } from "./path-trie.ts";
import type { SegmentType } from "./segment-type.ts";
import { singularOf, wordsOf } from "./word-forms.ts";

/** Names a path parameter after the segment before it: `/users/{userId}`, `/files/{file}`. */
export function parameterNameOf(
  place: { readonly previous: string | undefined; readonly names: readonly string[] },
  nodes: readonly PathNode[],
): string {
  const type = mainTypeOf(nodes);
  const base = baseNameOf(place.previous, type);
  if (!place.names.includes(base)) return base;
  let number = 2;
  while (place.names.includes(`${base}${number}`)) number += 1;
  return `${base}${number}`;
}

const namesOfTypes: Readonly<Partial<Record<SegmentType, string>>> = {
  date: "date",
  "date-time": "time",
  email: "email",
  ip: "ip",
  coordinates: "coordinates",
  jwt: "token",
  phone: "phone",
};

function baseNameOf(previous: string | undefined, type: SegmentType | "word" | undefined): string {
  const named = type === undefined || type === "word" ? undefined : namesOfTypes[type];
  if (named !== undefined) return named;
  const words = previous === undefined ? [] : wordsOf(previous);
  const last = words.at(-1);
  if (last === undefined) return "id";
  if (selfNaming.has(last)) return last;
  const name = camelCase([...words.slice(-3, -1), singularOf(last)]);
  return type === "word" ? name : `${name}Id`;
}

/** `/users/by/email/{email}`: the segment before says what the value is. */
const selfNaming: ReadonlySet<string> = new Set(
  "id uuid slug username email name key code token sku isbn hash sha date year month day number path filename".split(
    " ",
  ),
);

function camelCase(words: readonly string[]): string {
  return words
    .map((word, at) => (at === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join("");
}

function mainTypeOf(nodes: readonly PathNode[]): SegmentType | "word" | undefined {
  const counts = new Map<SegmentType | "word", number>();
  for (const node of nodes) {
    for (const [type, calls] of node.types) counts.set(type, (counts.get(type) ?? 0) + calls);
  }
  return [...counts].sort(([, left], [, right]) => right - left)[0]?.[0];
}
