import { htmlDecoded, xmlCharacters } from "./html-entities.ts";

/** The entities that a document type declaration declares; of an external one its identifier. */
export function entitiesOf(declaration: string): ReadonlyMap<string, string> {
  const entities = new Map<string, string>();
  let at = declaration.indexOf("<!ENTITY");
  while (at >= 0 && entities.size < entitiesMax) {
    const end = entityEnd(declaration, at);
    const content = declaration.slice(at + "<!ENTITY".length, end).trim();
    const space = firstSpace(content, content.startsWith("%") ? 2 : 0);
    const name = content.slice(0, space).trim();
    // The first declaration of a name counts.
    if (name !== "" && !entities.has(name))
      entities.set(name, unquoted(content.slice(space).trim()));
    at = declaration.indexOf("<!ENTITY", end);
  }
  return entities;
}

const entitiesMax = 100;
/** How deep entities may use each other; the entity bombs in use have ten levels. */
const levelsMax = 4;

/** The entities with those they use put in, together no longer than `charsMax`. */
export function expandedEntities(
  entities: ReadonlyMap<string, string>,
  charsMax: number,
): { readonly values: ReadonlyMap<string, string>; readonly cut: boolean } {
  let values: ReadonlyMap<string, string> = new Map([...xmlCharacters, ...entities]);
  for (let level = 0; level < levelsMax; level++) {
    const next = new Map<string, string>(xmlCharacters);
    let chars = 0;
    for (const name of entities.keys()) {
      const value = htmlDecoded(values.get(name) ?? "", values, charsMax);
      chars += value.length;
      if (chars > charsMax) return { values, cut: true };
      next.set(name, value);
    }
    values = next;
  }
  const isWhole = [...entities.keys()].every((name) => {
    const value = values.get(name) ?? "";
    return htmlDecoded(value, values, charsMax) === value;
  });
  return { values, cut: !isWhole };
}

function entityEnd(declaration: string, from: number): number {
  for (let at = from; at < declaration.length; at++) {
    const code = declaration.charCodeAt(at);
    if (code === 0x3e) return at;
    if (code !== 0x22 && code !== 0x27) continue;
    at = declaration.indexOf(declaration.charAt(at), at + 1);
    if (at < 0) break;
  }
  return declaration.length;
}

function firstSpace(content: string, from: number): number {
  let at = from;
  while (at < content.length && content.charCodeAt(at) > 0x20) at++;
  return at;
}

function unquoted(value: string): string {
  const quote = value.charAt(0);
  const isQuoted = (quote === '"' || quote === "'") && value.endsWith(quote) && value.length > 1;
  return isQuoted ? value.slice(1, -1) : value;
}
