import { isRecord } from "../model/is-record.ts";

/**
 * A learned schema without the values of sensitive places: where every caller had the same e-mail
 * address, an enumeration would give it away. Places are JSON paths such as `$.owners[*].iban`.
 */
export function redactedSchema(schema: unknown, sensitivePlaces: ReadonlySet<string>): unknown {
  return sensitivePlaces.size === 0 ? schema : redacted(schema, "$", sensitivePlaces);
}

const valueKeys: ReadonlySet<string> = new Set(["enum", "const", "examples", "example", "default"]);

function redacted(schema: unknown, place: string, sensitive: ReadonlySet<string>): unknown {
  if (!isRecord(schema)) return schema;
  const members = Object.entries(schema).flatMap(([key, value]): (readonly [string, unknown])[] => {
    if (valueKeys.has(key) && sensitive.has(place)) return [];
    if (key === "properties" && isRecord(value)) {
      const properties = Object.entries(value).map(
        ([name, member]) => [name, redacted(member, `${place}.${name}`, sensitive)] as const,
      );
      return [[key, Object.fromEntries(properties)]];
    }
    if (key === "items") return [[key, redacted(value, `${place}[*]`, sensitive)]];
    if (key === "additionalProperties") return [[key, redacted(value, `${place}.*`, sensitive)]];
    if (Array.isArray(value) && (key === "anyOf" || key === "oneOf" || key === "allOf"))
      return [[key, value.map((one: unknown) => redacted(one, place, sensitive))]];
    return [[key, value]];
  });
  return Object.fromEntries(members);
}
