import type { Confidence } from "../../../model/detection.ts";
import type { Match } from "../../detector.ts";
import type { CodeToken } from "../../languages/code-token.ts";
import { nodeModules, powerfulMembers } from "./code-table.ts";
import type { CodeSign } from "./judge-code.ts";

/** Judges `os.system(…)`, `require('fs')`, `new Function(…)`, `process["env"]`, `global.process.…`. */
export function memberSign(tokens: readonly CodeToken[]): CodeSign | undefined {
  const [module] = tokens;
  if (module === undefined || tokens.length < 2) return undefined;
  const name = module.text.toLowerCase();
  const special = specialSigns[name];
  return special === undefined ? plainMember(tokens, name) : special(tokens);
}

const specialSigns: Readonly<
  Record<string, (tokens: readonly CodeToken[]) => CodeSign | undefined>
> = {
  require: requireSign,
  import: requireSign,
  function: functionSign,
  new: newSign,
  open: openSign,
  print: printSign,
  echo: printSign,
  class: classLoaderSign,
};

function plainMember(tokens: readonly CodeToken[], name: string): CodeSign | undefined {
  const [module, joint, member, behind] = tokens;
  if (module === undefined || joint === undefined || member === undefined) return undefined;
  if (!joints.has(joint.text)) return undefined;
  const isPowerful = powerfulMembers.get(name)?.has(member.text.toLowerCase()) === true;
  // The name of the member is taken from elsewhere.
  const isHidden = joint.text === "[" && (name === "process" || name === "require");
  if (!isPowerful && !isHidden) return undefined;
  const what = `uses "${module.text}${joint.text}${member.text.slice(0, 40)}"`;
  const confidence =
    joint.text === "[" ? indexConfidence(member) : memberConfidence(name, member, behind);
  return { confidence, end: member.end, what };
}

const joints: ReadonlySet<string> = new Set([".", "::", "[", "?."]);
/** Members that code reads in passing everywhere. */
const harmlessMembers: ReadonlySet<string> = new Set(["env", "version", "argv", "cwd", "exports"]);
/** Objects that hold everything else. */
const roots: ReadonlySet<string> = new Set(["global", "globalthis", "require"]);

/** `process["env"]` and `process[mainModule`: an index hides a member's name. */
function indexConfidence(member: CodeToken): Confidence {
  return member.kind === "string" ? "high" : "medium";
}

function memberConfidence(
  name: string,
  member: CodeToken,
  behind: CodeToken | undefined,
): Confidence {
  const isCalled = behind?.text === "(" || behind?.kind === "string";
  if (roots.has(name))
    return isCalled || behind?.text === "." || behind?.text === "[" ? "high" : "low";
  if (name === "fs" || harmlessMembers.has(member.text)) return "low";
  if (name === "response") return isCalled ? "medium" : "low";
  return isCalled ? "high" : "low";
}

/** `require('child_process')`, `import('fs')`, `require.main.…`. */
function requireSign(tokens: readonly CodeToken[]): CodeSign | undefined {
  const [name, open, argument] = tokens;
  if (open?.text === "(") return loadedModule(argument, tokens[4]);
  return name?.text === "require" ? plainMember(tokens, "require") : undefined;
}

function loadedModule(
  argument: CodeToken | undefined,
  behind: CodeToken | undefined,
): CodeSign | undefined {
  if (argument?.kind !== "string") return undefined;
  const module = argument.text.replace("node:", "");
  if (!nodeModules.has(module)) return undefined;
  // Scripts begin with modules that they keep in a variable; injected code uses them at once.
  const isUsed = behind?.text === "." || behind?.text === "[";
  return {
    confidence: isUsed ? "high" : "low",
    end: argument.end,
    what: `loads the module "${module}"`,
  };
}

/** `Function("…")()` */
function functionSign([name, open, text]: readonly CodeToken[]): CodeSign | undefined {
  if (name?.text !== "Function" || open?.text !== "(" || text?.kind !== "string") return undefined;
  return { confidence: "high", end: text.end, what: "builds a function from text" };
}

/** `new Function(…)` */
function newSign([, name, open]: readonly CodeToken[]): CodeSign | undefined {
  if (name?.text !== "Function" || open?.text !== "(") return undefined;
  return { confidence: "high", end: open.end, what: "builds a function from text" };
}

/** `open('/etc/passwd').read()` */
function openSign([, open, path, ...rest]: readonly CodeToken[]): CodeSign | undefined {
  if (open?.text !== "(" || path?.kind !== "string") return undefined;
  const isRead = rest
    .slice(0, 6)
    .some(({ text }) => text === "read" || text === "write" || text === "readlines");
  return isRead
    ? { confidence: "high", end: path.end, what: `opens the file "${path.text.slice(0, 40)}"` }
    : undefined;
}

/** `print(md5(31337))`, `echo(7*191)`: a probe that looks for the result in the answer. */
function printSign(tokens: readonly CodeToken[]): CodeSign | undefined {
  const [name, ...rest] = tokens;
  const first = rest[0]?.text === "(" ? 1 : 0;
  const isHash = ["md5", "sha1", "crc32"].includes(rest[first]?.text ?? "");
  const argument = rest[first + 2];
  if (!isHash || rest[first + 1]?.text !== "(" || argument === undefined) return undefined;
  if (argument.kind === "word" && !argument.text.includes("_")) return undefined;
  return {
    confidence: "high",
    end: argument.end,
    what: `prints the hash of a constant with "${name?.text}", as a test`,
  };
}

/** `class.module.classLoader.resources…`: Spring binds parameters to properties of objects. */
function classLoaderSign(tokens: readonly CodeToken[]): CodeSign | undefined {
  const head = tokens.slice(1, 6);
  const loader = head.find(({ text }) => text.toLowerCase() === "classloader");
  if (head[0]?.text !== "." && head[0]?.text !== "[") return undefined;
  return (
    loader && {
      confidence: "high",
      end: loader.end,
      what: "reaches for the class loader of a Java object",
    }
  );
}

/** `x.constructor.constructor(…)`, `''['constructor']['constructor']`. */
export function findConstructor(value: string): Match | undefined {
  const first = value.indexOf("constructor");
  if (first < 0) return undefined;
  for (let at = first; at >= 0; at = value.indexOf("constructor", at + 11)) {
    const next = value.indexOf("constructor", at + 11);
    if (next < 0 || next - at > 16 || !isJoint(value.slice(at + 11, next))) continue;
    return {
      confidence: "high",
      start: at,
      end: next + 11,
      explanation:
        "JavaScript reaches from any object over its constructor's constructor to a function made of text.",
    };
  }
  return undefined;
}

/** A dot, or a bracket with a quote. */
function isJoint(text: string): boolean {
  for (const character of text) if (!".[]?'\"`".includes(character)) return false;
  return text !== "";
}
