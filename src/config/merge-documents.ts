type Mapping = Readonly<Record<string, unknown>>;

/**
 * Lays one document over another: mappings key by key, everything else replaced as a whole. What is
 * no mapping below stays as it is, for the schema to refuse.
 */
export function mergeDocuments(base: unknown, over: object): unknown {
  if (!isMapping(base)) return base;
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    if (value === undefined) continue;
    const below = Object.hasOwn(base, key) ? base[key] : undefined;
    merged[key] = isMapping(value) && isMapping(below) ? mergeDocuments(below, value) : value;
  }
  return merged;
}

function isMapping(value: unknown): value is Mapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
