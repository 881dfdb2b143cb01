import { expect, test } from "vitest";
import { createJsonSchema } from "./configuration-schema.ts";

interface SchemaNode {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

test("docs/reference/settings.md lists every setting (vitest -u writes it anew)", async () => {
  const text = [
    "# Settings of merlon.yaml",
    "",
    "Generated from the schema that Merlon checks the file with. How to use them:",
    "[configuration](../configuration.md).",
    "",
    "| setting | value | default | meaning |",
    "|---|---|---|---|",
    ...rowsOf(createJsonSchema() as SchemaNode, ""),
    "",
  ].join("\n");

  await expect(text).toMatchFileSnapshot("../../docs/reference/settings.md");
});

function rowsOf(schema: SchemaNode, prefix: string): string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, node]) => {
    const path = `${prefix}${key}`;
    // The modes by protection are the same everywhere.
    if (prefix.includes("[]") && key === "protections") return [rowOf(path, node)];
    if (node.properties !== undefined) return rowsOf(node, `${path}.`);
    return [rowOf(path, node), ...rowsOf(node.items ?? {}, `${path}[].`)];
  });
}

function rowOf(path: string, node: SchemaNode): string {
  const byDefault = node.default === undefined ? "–" : `\`${shown(node.default)}\``;
  return `| \`${path}\` | ${kindOf(node)} | ${byDefault} | ${node.description} |`;
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function kindOf(node: SchemaNode): string {
  if (node.enum !== undefined) return node.enum.map((value) => `\`${value}\``).join(", ");
  const kinds: Readonly<Record<string, string>> = {
    array: "list",
    object: "mapping",
    boolean: "`true`, `false`",
    string: "text",
    integer: "whole number",
    number: "number",
  };
  return `${kinds[node.type ?? ""]}${rangeOf(node)}`;
}

function rangeOf({ minimum, maximum }: SchemaNode): string {
  const max = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (minimum !== undefined && max !== undefined) return `, ${minimum} to ${max}`;
  if (max !== undefined) return `, at most ${max}`;
  return minimum === undefined ? "" : `, at least ${minimum}`;
}
