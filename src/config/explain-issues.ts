import type { z } from "zod";
import type { ConfigurationProblem } from "./configuration-error.ts";
import { nearestWord } from "./nearest-word.ts";
import { findSchema } from "./schema-lookup.ts";
import type { YamlSource } from "./yaml-source.ts";

type Issue = z.core.$ZodIssue;

export interface IssueContext {
  readonly source: YamlSource;
  /** What the command line put over the file. */
  readonly overrides: object;
  /** JSON Schema of the document. */
  readonly schema: unknown;
}

/** What the schema says is wrong, as problems with their place and the way to mend them. */
export function explainIssues(
  issues: readonly Issue[],
  context: IssueContext,
): readonly ConfigurationProblem[] {
  return issues
    .flatMap((issue) => explainIssue(issue, context))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function explainIssue(issue: Issue, context: IssueContext): readonly ConfigurationProblem[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey(issue.path, key, context));
  }
  const fix = fixOf(issue, context);
  return [
    {
      ...placeOf(issue.path, context),
      path: pathText(issue.path),
      message: messageOf(issue, context),
      ...(fix === undefined ? {} : { fix }),
    },
  ];
}

function unknownKey(
  path: readonly PropertyKey[],
  key: string,
  context: IssueContext,
): ConfigurationProblem {
  const known = Object.keys(findSchema(context.schema, path)?.properties ?? {});
  const nearest = nearestWord(key, known);
  const position = context.source.keyPositionOf(path, key);
  return {
    source: context.source.name,
    ...position,
    path: pathText([...path, key]),
    message: "unknown key",
    fix:
      nearest === undefined ? `Known here: ${known.join(", ")}.` : `Did you mean \`${nearest}\`?`,
  };
}

function placeOf(
  path: readonly PropertyKey[],
  { source, overrides }: IssueContext,
): Pick<ConfigurationProblem, "source" | "line" | "column"> {
  if (path.length > 0 && valueIn(overrides, path) !== undefined) return { source: "command line" };
  return { source: source.name, ...source.positionOf(path) };
}

function messageOf(issue: Issue, context: IssueContext): string {
  const value = valueAt(context, issue.path);
  switch (issue.code) {
    case "invalid_type":
      return value === undefined
        ? "is missing"
        : `must be ${withArticle(issue.expected)}, not ${shown(value)}`;
    case "invalid_value":
      return `must be one of ${issue.values.map(String).join(", ")}, not ${shown(value)}`;
    case "too_small":
      return `must be at least ${issue.minimum}${unitOf(issue.origin)}, not ${shown(value)}`;
    case "too_big":
      return `must be at most ${issue.maximum}${unitOf(issue.origin)}, not ${shown(value)}`;
    default:
      return issue.message;
  }
}

function fixOf(issue: Issue, context: IssueContext): string | undefined {
  if (issue.code === "invalid_value") {
    const value = valueAt(context, issue.path);
    const nearest = nearestWord(String(value), issue.values.map(String));
    if (nearest !== undefined) return `Did you mean \`${nearest}\`?`;
  }
  return findSchema(context.schema, issue.path)?.description;
}

function valueAt({ source, overrides }: IssueContext, path: readonly PropertyKey[]): unknown {
  const own = path.length === 0 ? undefined : valueIn(overrides, path);
  return own ?? valueIn(source.value, path);
}

function valueIn(document: unknown, path: readonly PropertyKey[]): unknown {
  let value = document;
  for (const key of path) {
    if (typeof value !== "object" || value === null) return undefined;
    value = Object.hasOwn(value, key) ? (value as Record<PropertyKey, unknown>)[key] : undefined;
  }
  return value;
}

/** `endpoints[0].mode`; a key with a dot in it stands in quotes. */
function pathText(path: readonly PropertyKey[]): string {
  let text = "";
  for (const key of path) {
    if (typeof key === "number") text += `[${key}]`;
    else if (/^[\w-]+$/.test(String(key))) text += text === "" ? String(key) : `.${String(key)}`;
    else text += `[${JSON.stringify(String(key))}]`;
  }
  return text;
}

function shown(value: unknown): string {
  if (Number.isNaN(value)) return "something that is no number";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "a mapping";
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

function unitOf(origin: string): string {
  return origin === "string" ? " characters long" : origin === "array" ? " entries" : "";
}

function withArticle(expected: string): string {
  const words: Readonly<Record<string, string>> = {
    object: "a mapping",
    record: "a mapping",
    array: "a list",
    int: "a whole number",
    boolean: "true or false",
    string: "text",
    number: "a number",
  };
  return words[expected] ?? expected;
}
