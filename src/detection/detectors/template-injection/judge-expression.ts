import type { CodeToken } from "../../languages/code-token.ts";
import {
  executingNames,
  internalNames,
  powerfulNames,
} from "../../languages/dangerous-names-table.ts";
import { engineObjects, frameworkFilters } from "./engine-table.ts";

/** What an expression does, from the surest sign of an attack down. */
export interface ExpressionSign {
  readonly kind: "internals" | "execution" | "probe" | "member" | "engine" | "call";
  /** The end of a sentence that begins with the expression. */
  readonly what: string;
}

/** Reads the tokens between the marks; undefined when it only names a value to be filled in. */
export function judgeExpression(tokens: readonly CodeToken[]): ExpressionSign | undefined {
  return (
    findInternals(tokens) ??
    findExecution(tokens) ??
    findProbe(tokens) ??
    findEngineObject(tokens) ??
    findLiteralMember(tokens)
  );
}

function findInternals(tokens: readonly CodeToken[]): ExpressionSign | undefined {
  for (const [index, { kind, text }] of tokens.entries()) {
    if (kind !== "word" && kind !== "string") continue;
    const name = text.toLowerCase();
    if (isInternal(name) || isConstructorChain(tokens, index, name)) {
      return {
        kind: "internals",
        what: `reaches for "${text.slice(0, 40)}", an internal of the interpreter`,
      };
    }
  }
  return undefined;
}

function isInternal(name: string): boolean {
  return internalNames.has(name) || (name.length > 6 && isDunder(name));
}

function isDunder(name: string): boolean {
  return name.startsWith("__") && name.endsWith("__") && internalNames.has(name);
}

/** `constructor.constructor(`, `range.constructor(`, `x["constructor"]`. */
function isConstructorChain(tokens: readonly CodeToken[], index: number, name: string): boolean {
  if (name !== "constructor") return false;
  if (tokens[index]?.kind === "string") return true;
  const before = tokens[index - 1]?.text;
  const after = tokens[index + 1]?.text;
  // Messages name the class of a value.
  if (after === "." && tokens[index + 2]?.text === "name") return false;
  return before === "." || before === "[" || before === "?." || after === "." || after === "[";
}

function findExecution(tokens: readonly CodeToken[]): ExpressionSign | undefined {
  for (const [index, token] of tokens.entries()) {
    const name = token.text.toLowerCase();
    if (token.kind === "word" && runsCode(tokens, index, name)) {
      return {
        kind: "execution",
        what: `calls "${token.text.slice(0, 40)}", which runs code or opens files`,
      };
    }
    if (isExecutingFilter(tokens, index)) {
      return {
        kind: "execution",
        what: `hands "${token.text.slice(0, 40)}" to a filter as a function to call`,
      };
    }
  }
  return undefined;
}

function runsCode(tokens: readonly CodeToken[], index: number, name: string): boolean {
  return (
    callsByName(tokens, index, name) ||
    reachesModule(tokens, index, name) ||
    // Freemarker's `"class.name"?new()`, Tornado's `{% import os %}`.
    (name === "new" && tokens[index - 1]?.text === "?") ||
    (name === "import" && index === 0)
  );
}

function callsByName(tokens: readonly CodeToken[], index: number, name: string): boolean {
  const before = tokens[index - 1];
  const next = tokens[index + 1];
  const isCalled = next?.text === "(" || (next?.kind === "string" && before?.text !== ":");
  if (executingNames.has(name)) return isCalled;
  if (name === "require" || name === "new") return isPowerfulArgument(tokens, index, name);
  return false;
}

function reachesModule(tokens: readonly CodeToken[], index: number, name: string): boolean {
  const next = tokens[index + 1];
  // `T(java.lang.Runtime)` of SpEL, `@java.lang.Runtime@` of OGNL.
  if (name === "t" && next?.text === "(") return tokens[index + 3]?.text === ".";
  if (name === "java" || name === "javax")
    return next?.text === "." && tokens[index + 3]?.text === ".";
  if (name === "freemarker") return next?.text === ".";
  const isHarmless = name === "process" && harmlessMembers.has(tokens[index + 2]?.text ?? "");
  if (powerfulNames.has(name) && !isHarmless && (next?.text === "." || next?.text === "::")) {
    return tokens[index + 3]?.text === "(" || tokens[index + 3]?.kind === "string" || name === "os";
  }
  return false;
}

/** What programs ask of their own process. */
const harmlessMembers: ReadonlySet<string> = new Set(
  "cwd pid argv platform hrtime uptime stdout memoryUsage version nextTick".split(" "),
);

function isPowerfulArgument(tokens: readonly CodeToken[], index: number, name: string): boolean {
  const target = tokens[index + (name === "require" ? 2 : 1)];
  if (target === undefined) return false;
  const text = target.text.toLowerCase().replace("node:", "");
  return powerfulNames.has(text) || text === "java" || text === "function" || text === "url";
}

/** `|filter('system')`, `|map('passthru')`, `|attr('x')`. */
function isExecutingFilter(tokens: readonly CodeToken[], index: number): boolean {
  const token = tokens[index];
  const filter = tokens[index - 2];
  if (token?.kind !== "string" || tokens[index - 1]?.text !== "(" || filter === undefined)
    return false;
  const joint = tokens[index - 3]?.text;
  if (joint !== "|" && joint !== ".") return false;
  return frameworkFilters.has(filter.text) && executingNames.has(token.text.toLowerCase());
}

const operators: ReadonlySet<string> = new Set("* + - / % ** // ~ ^ | && || == > <".split(" "));

/** Only literals and operators: nobody needs `7*7` computed, but a probe sees 49. */
function findProbe(tokens: readonly CodeToken[]): ExpressionSign | undefined {
  const plain = tokens.filter(({ kind, text }) => kind !== "sign" || !"(){}=;,".includes(text));
  const first = probeStart(plain);
  let operands = 0;
  let signs = 0;
  for (const { kind, text } of plain.slice(first)) {
    if (kind === "number" || kind === "string") operands++;
    else if (kind === "sign" && operators.has(text)) signs++;
    else return undefined;
  }
  const isPrinted = first > 0 && printers.has(plain[0]?.text ?? "");
  if (operands < (isPrinted ? 1 : 2) || (signs < 1 && !isPrinted)) return undefined;
  return { kind: "probe", what: "computes a constant, as a test whether the server evaluates it" };
}

/** `print 7*7`, `printf "%s" "x"`, `#set($x = 7*7)`. */
function probeStart([first]: readonly CodeToken[]): number {
  if (first?.kind !== "word") return 0;
  return printers.has(first.text) || first.text.startsWith("$") ? 1 : 0;
}

const printers: ReadonlySet<string> = new Set("print echo printf println html urlquery".split(" "));

/** `config.items()`, `self`, `_self.env`, `$smarty.version`. */
function findEngineObject(tokens: readonly CodeToken[]): ExpressionSign | undefined {
  // `{% for key in config.items() %}`
  const from = tokens[0]?.text === "for" ? tokens.findIndex(({ text }) => text === "in") + 1 : 0;
  const [first, second] = tokens.slice(from);
  if (first?.kind !== "word") return undefined;
  const rank = engineObjects.get(first.text);
  if (rank === undefined) return undefined;
  const isCalled = tokens.some(({ text }) => text === "(" || text === "[");
  const isReached = second === undefined || [".", "|", "["].includes(second.text) || isCalled;
  if (!isReached) return undefined;
  const sure = rank === "only-engine" || (rank === "called" && isCalled);
  if (!sure && tokens.length > 1) return undefined;
  return {
    kind: sure ? "engine" : "call",
    what: `reads "${first.text}", an object of the template engine`,
  };
}

/** `'a'.toUpperCase()`, `[].class`, `"x".concat(…)`: a literal is asked for its class or methods. */
function findLiteralMember(tokens: readonly CodeToken[]): ExpressionSign | undefined {
  const isList = tokens[0]?.text === "[" && tokens[1]?.text === "]";
  const isTuple = tokens[0]?.text === "(" && tokens[1]?.text === ")";
  const at = isList || isTuple ? 2 : 1;
  const isLiteral =
    isList || isTuple || tokens[0]?.kind === "string" || tokens[0]?.kind === "number";
  if (!isLiteral || tokens[at]?.text !== "." || tokens[at + 1]?.kind !== "word") return undefined;
  return {
    kind: "member",
    what: "asks a literal for its members, as a test whether the server evaluates it",
  };
}
