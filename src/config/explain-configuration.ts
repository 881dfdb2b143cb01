import { Document, isCollection, isMap, isScalar } from "yaml";
import type { LoadedDocument } from "./load-configuration.ts";

/** Every value in force as YAML; what is not written anywhere is marked as default. */
export function explainConfiguration({ document, written, source }: LoadedDocument): string {
  const shown = new Document(document);
  markDefaults(shown.contents, written);
  shown.commentBefore = ` Values in force; ${source.name === "defaults" ? "no file" : `from ${source.name}`}.`;
  return shown.toString();
}

function markDefaults(node: unknown, written: unknown): void {
  if (!isMap(node)) return;
  for (const { key, value } of node.items) {
    const name = String(isScalar(key) ? key.value : key);
    const own = valueOfKey(written, name);
    if (isMap(value) && value.items.length > 0) markDefaults(value, own);
    else if (own === undefined && isCommentable(value)) value.comment = " default";
  }
}

function isCommentable(value: unknown): value is { comment?: string | null } {
  return isScalar(value) || (isCollection(value) && value.items.length === 0);
}

function valueOfKey(written: unknown, key: string): unknown {
  if (typeof written !== "object" || written === null) return undefined;
  return Object.hasOwn(written, key) ? (written as Record<string, unknown>)[key] : undefined;
}
