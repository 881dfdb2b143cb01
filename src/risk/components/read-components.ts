import { readFileSync, statSync } from "node:fs";
import { basename } from "node:path";
import { parse as parseYaml } from "yaml";
import { isRecord } from "../../model/is-record.ts";
import { MerlonError } from "../../model/merlon-error.ts";
import { bomComponents } from "./bill-of-materials.ts";
import { jsonLockComponents, lockTextComponents } from "./lock-files.ts";
import { normalName } from "./osv-record.ts";
import type { Component } from "./vulnerability.ts";

const fileBytesMax = 512 * 1_048_576;
const componentsMax = 1_000_000;
const versionCharactersMax = 128;

/**
 * Reads the components of a bill of materials (CycloneDX or SPDX, JSON) or a lock file, told from
 * its content and name. Throws ERR_INPUT_UNREADABLE.
 */
export function readComponents(path: string): readonly Component[] {
  const found = componentsOf(path, textOf(path));
  if (found === undefined) {
    throw new MerlonError("ERR_INPUT_UNREADABLE", `${path} is no list of components`, {
      fix: "Give a CycloneDX or SPDX document (JSON) or a lock file (npm, yarn, pnpm, pip, poetry, uv, Pipenv, Cargo, Go, Composer, Bundler).",
    });
  }
  return distinct(found);
}

function textOf(path: string): string {
  try {
    if (statSync(path).size <= fileBytesMax) return readFileSync(path, "utf8");
  } catch (cause) {
    throw new MerlonError("ERR_INPUT_UNREADABLE", `cannot read ${path}`, {
      cause,
      fix: "Check that the file exists and that Merlon may read it.",
    });
  }
  throw new MerlonError("ERR_INPUT_UNREADABLE", `${path} is larger than ${fileBytesMax} bytes`, {
    fix: "Split the list of components.",
  });
}

function componentsOf(path: string, text: string): readonly Component[] | undefined {
  const name = basename(path);
  const start = text.trimStart();
  if (start.startsWith("{")) {
    const json = tryJson(text);
    if (!isRecord(json)) return undefined;
    return bomComponents(json) ?? jsonLockComponents(json);
  }
  if (/pnpm-lock|lockfileVersion:/.test(`${name}\n${text.slice(0, 400)}`)) {
    return pnpmComponents(parseYaml(text, { maxAliasCount: 100 }) as unknown);
  }
  return lockTextComponents(name, text);
}

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Keys such as `/@scope/name@1.2.3(peer@2.0.0)`, with a slash in front in older versions. */
function pnpmComponents(document: unknown): readonly Component[] | undefined {
  const packages = isRecord(document) ? document["packages"] : undefined;
  if (!isRecord(packages)) return undefined;
  return Object.keys(packages).flatMap((key) => {
    const found = /^\/?((?:@[^/@]+\/)?[^/@]+)[@/](\d[^()_]*)/.exec(key);
    return found === null
      ? []
      : [{ ecosystem: "npm", name: found[1] ?? "", version: found[2] ?? "" }];
  });
}

/** Each component once, with the name that databases are searched for. */
function distinct(components: readonly Component[]): readonly Component[] {
  const seen = new Map<string, Component>();
  for (const { ecosystem, name, version } of components) {
    if (name === "" || version === "" || version.length > versionCharactersMax) continue;
    if (seen.size >= componentsMax) break;
    const normal = { ecosystem, name: normalName(ecosystem, name), version };
    seen.set(`${ecosystem} ${normal.name} ${version}`, normal);
  }
  return [...seen.values()];
}
