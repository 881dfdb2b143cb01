import type { EndpointProfile } from "../model/endpoint.ts";
import { isRecord } from "../model/is-record.ts";

type JsonObject = Readonly<Record<string, unknown>>;

const rootTypes = { query: "Query", mutation: "Mutation", subscription: "Subscription" } as const;
const typesMax = 2_000;
const depthMax = 12;

/**
 * Writes the GraphQL operations of an inventory in the schema definition language. Types come from
 * answers, so names are made up and arguments are not told; what was never seen as one type is `Unknown`.
 */
export function toGraphqlSchema(endpoints: Iterable<EndpointProfile>): string {
  const types = new TypeWriter();
  const fields = new Map<string, string[]>();
  const sorted = [...endpoints]
    .filter(({ style, operation }) => style === "graphql" && operation !== undefined)
    .toSorted((left, right) => (left.operation ?? "").localeCompare(right.operation ?? ""));
  const seen = new Set<string>();
  for (const endpoint of sorted) {
    const [kind = "", name = ""] = (endpoint.operation ?? "").split(" ");
    if (!(kind in rootTypes) || !isName(name) || seen.has(endpoint.operation ?? "")) continue;
    seen.add(endpoint.operation ?? "");
    const root = rootTypes[kind as keyof typeof rootTypes];
    const type = types.typeOf(answerOf(endpoint, name), capitalised(name), 0);
    const line = `  "Seen ${endpoint.calls} times."\n  ${name}: ${type}`;
    fields.set(root, [...(fields.get(root) ?? []), line]);
  }
  const roots = [...fields].map(([root, lines]) => `type ${root} {\n${lines.join("\n")}\n}`);
  return `${["scalar Unknown", ...roots, ...types.definitions()].join("\n\n")}\n`;
}

/** The schema of `data.<field>` in the answers. */
function answerOf({ schemas }: EndpointProfile, field: string): unknown {
  return propertyOf(propertyOf(schemas.response, "data"), field);
}

function propertyOf(schema: unknown, name: string): unknown {
  const properties = isRecord(schema) ? schema["properties"] : undefined;
  return isRecord(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined;
}

class TypeWriter {
  readonly #definitions = new Map<string, string>();

  definitions(): readonly string[] {
    return [...this.#definitions.values()];
  }

  /** The type of values with this JSON Schema; objects become types of this name. */
  typeOf(schema: unknown, name: string, depth: number): string {
    if (!isRecord(schema) || depth > depthMax) return "Unknown";
    const type = plainTypeOf(schema["type"]);
    if (type === "array") return `[${this.typeOf(schema["items"], name, depth + 1)}]`;
    if (type === "object") return this.#objectOf(schema, name, depth);
    return scalars.get(type ?? "") ?? "Unknown";
  }

  #objectOf(schema: JsonObject, name: string, depth: number): string {
    const properties = isRecord(schema["properties"]) ? schema["properties"] : {};
    const members = Object.entries(properties).filter(([key]) => isName(key));
    if (members.length === 0 || this.#definitions.size >= typesMax) return "Unknown";
    const free = this.#freeName(name);
    // Taken before the members are written, which may want the same name.
    this.#definitions.set(free, "");
    const lines = members.map(([key, member]) => {
      const inner = this.typeOf(member, `${name}${capitalised(key)}`, depth + 1);
      return `  ${key}: ${inner}`;
    });
    this.#definitions.set(free, `type ${free} {\n${lines.join("\n")}\n}`);
    return free;
  }

  #freeName(name: string): string {
    const taken = new Set<string>([...Object.values(rootTypes), ...builtIn]);
    let free = name;
    for (let at = 2; taken.has(free) || this.#definitions.has(free); at += 1) free = `${name}${at}`;
    return free;
  }
}

/** The one type besides null. */
function plainTypeOf(type: unknown): string | undefined {
  const types = (Array.isArray(type) ? type : [type]).filter((one) => one !== "null");
  if (types.length === 2 && types.includes("integer") && types.includes("number")) return "number";
  return types.length === 1 && typeof types[0] === "string" ? types[0] : undefined;
}

const scalars: ReadonlyMap<string, string> = new Map([
  ["string", "String"],
  ["integer", "Int"],
  ["number", "Float"],
  ["boolean", "Boolean"],
]);

const builtIn: readonly string[] = [...scalars.values(), "ID", "Unknown"];

/** Names beginning with two underscores belong to introspection. */
function isName(name: string): boolean {
  return /^(?!__)[A-Za-z_]\w{0,127}$/.test(name);
}

function capitalised(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
