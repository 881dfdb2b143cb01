import { isRecord } from "../../model/is-record.ts";
import { plain } from "./bill-of-materials.ts";
import type { Component } from "./vulnerability.ts";

type Json = Readonly<Record<string, unknown>>;

const depthMax = 64;

/** Components of lock files in JSON: npm, Pipenv, Composer, NuGet; undefined when it is none. */
export function jsonLockComponents(document: Json): readonly Component[] | undefined {
  const { lockfileVersion, packages, dependencies } = document;
  if (lockfileVersion !== undefined) {
    return isRecord(packages) ? npmPackages(packages) : npmDependencies(dependencies, 0);
  }
  if (isRecord(document["_meta"]) && isRecord(document["default"])) {
    return ["default", "develop"].flatMap((group) => pipenvPackages(document[group]));
  }
  if (typeof document["content-hash"] === "string") {
    return ["packages", "packages-dev"].flatMap((group) => composerPackages(document[group]));
  }
  return undefined;
}

/** `node_modules/a/node_modules/@scope/b` → `@scope/b`. */
function npmPackages(packages: Json): readonly Component[] {
  const folder = "node_modules/";
  return Object.entries(packages).flatMap(([path, entry]) => {
    const at = path.lastIndexOf(folder);
    if (at < 0 || !isRecord(entry) || entry["link"] === true) return [];
    const name = typeof entry["name"] === "string" ? entry["name"] : path.slice(at + folder.length);
    return versioned("npm", name, entry["version"]);
  });
}

function npmDependencies(dependencies: unknown, depth: number): readonly Component[] {
  if (!isRecord(dependencies) || depth > depthMax) return [];
  return Object.entries(dependencies).flatMap(([name, entry]) =>
    isRecord(entry)
      ? [
          ...versioned("npm", name, entry["version"]),
          ...npmDependencies(entry["dependencies"], depth + 1),
        ]
      : [],
  );
}

function pipenvPackages(group: unknown): readonly Component[] {
  if (!isRecord(group)) return [];
  return Object.entries(group).flatMap(([name, entry]) =>
    versioned("PyPI", name, isRecord(entry) ? String(entry["version"]).replace(/^==/, "") : ""),
  );
}

function composerPackages(group: unknown): readonly Component[] {
  if (!Array.isArray(group)) return [];
  return group.flatMap((entry: unknown) =>
    isRecord(entry) ? versioned("Packagist", String(entry["name"]), entry["version"]) : [],
  );
}

function versioned(ecosystem: string, name: string, version: unknown): readonly Component[] {
  return typeof version === "string" ? [{ ecosystem, name, version }] : [];
}

/** Components of lock files in formats of their own; undefined when the name tells of none. */
export function lockTextComponents(name: string, text: string): readonly Component[] | undefined {
  const reader = readers.find(([pattern]) => pattern.test(name));
  return reader?.[1](text);
}

const readers: readonly (readonly [name: RegExp, read: (text: string) => readonly Component[]])[] =
  [
    [/yarn\.lock$/, yarnPackages],
    [/(?:poetry|uv|pdm)\.lock$/, (text) => tomlPackages(text, "PyPI")],
    [/Cargo\.lock$/, (text) => tomlPackages(text, "crates.io")],
    [/go\.sum$/, goModules],
    [/Gemfile\.lock$/, gems],
    [/requirements[^/]*\.txt$/, requirements],
  ];

function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/);
}

/** A line that names packages (`a@^1.0.0, a@^1.2.0:`), then one with the version. */
function yarnPackages(text: string): readonly Component[] {
  const found: Component[] = [];
  let name = "";
  for (const line of linesOf(text)) {
    const head = /^"?((?:@[^/@"]+\/)?[^@"\s]+)@[^:]*.*:$/.exec(line);
    if (head !== null) name = head[1] ?? "";
    const version = /^ {2}version:? "?([^"\s]+)"?$/.exec(line)?.[1];
    if (version === undefined || name === "") continue;
    found.push({ ecosystem: "npm", name, version });
    name = "";
  }
  return found;
}

/** Tables `[[package]]` with a name and a version. */
function tomlPackages(text: string, ecosystem: string): readonly Component[] {
  const found: Component[] = [];
  let name: string | undefined;
  for (const line of linesOf(text)) {
    if (line.startsWith("[")) name = undefined;
    const [, key, value = ""] = /^(name|version) = "([^"]*)"$/.exec(line) ?? [];
    if (key === "name") name = value;
    else if (key === "version" && name !== undefined)
      found.push({ ecosystem, name, version: value });
  }
  return found;
}

/** `module version hash`; lines of go.mod files alone are no code that was built in. */
function goModules(text: string): readonly Component[] {
  return linesOf(text).flatMap((line) => {
    const [name, version] = line.split(" ", 2);
    if (!name || !version || version.endsWith("/go.mod")) return [];
    return [{ ecosystem: "Go", name, version: plain("Go", version) }];
  });
}

/** Four spaces, name and version in parentheses; deeper lines are requirements. */
function gems(text: string): readonly Component[] {
  return linesOf(text).flatMap((line) => {
    const found = /^ {4}([\w.-]+) \(([^()]+)\)$/.exec(line);
    if (found === null) return [];
    const version = (found[2] ?? "").replace(/-(?:x86|x64|arm|aarch|java|universal).*$/, "");
    return [{ ecosystem: "RubyGems", name: found[1] ?? "", version }];
  });
}

/** Only pinned versions say what is installed. */
function requirements(text: string): readonly Component[] {
  return linesOf(text).flatMap((line) => {
    const found = /^([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*===?\s*([\w.!+-]+)/.exec(line.trim());
    return found === null
      ? []
      : [{ ecosystem: "PyPI", name: found[1] ?? "", version: found[2] ?? "" }];
  });
}
