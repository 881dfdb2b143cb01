/**
 * The key of a slot is what stands behind the value (nothing, `.json`, `:cancel`), or, where a
 * specification puts text before it, both with braces between: `thumbnail.{}`, `v{}.zip`.
 */
export function slotKeyOf(prefix: string, suffix: string): string {
  return prefix === "" ? suffix : `${prefix}{}${suffix}`;
}

/** Key of a documented `{index}.{format}`: a value with any extension. */
export const extendedSlotKey = "{}.{}";

const extended = /^[^.].*\.[A-Za-z]\w{0,7}$/;

/** A slot as its segment of the template shows it. */
export function slotTemplateOf(key: string, name: string): string {
  if (key === extendedSlotKey) return `{${name}}`;
  return key.includes("{}") ? key.replace("{}", `{${name}}`) : `{${name}}${key}`;
}

/** The slot with text before its value that a segment fits. */
export function prefixedSlotOf(text: string, keys: Iterable<string>): string | undefined {
  for (const key of keys) {
    if (key === extendedSlotKey) {
      if (extended.test(text)) return key;
      continue;
    }
    const at = key.indexOf("{}");
    if (at < 0 || text.length <= key.length - 2) continue;
    if (text.startsWith(key.slice(0, at)) && text.endsWith(key.slice(at + 2))) return key;
  }
  return undefined;
}
