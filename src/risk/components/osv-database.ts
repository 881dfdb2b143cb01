import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "../../model/is-record.ts";
import { matchRecord, normalName, type OsvRecord } from "./osv-record.ts";
import type { Component, MatchedVulnerability } from "./vulnerability.ts";
import { zipEntries } from "./zip-entries.ts";

const recordBytesMax = 32 * 1_048_576;

/** What became of a database while it was read. */
export interface DatabaseTally {
  records: number;
  /** Records that could not be read. */
  unreadable: number;
}

/**
 * Looks components up in an OSV database: a directory of records, or of zips, or one zip as
 * published. Each record is read once; only those that name one of the components are parsed.
 */
export function matchComponents(
  components: readonly Component[],
  database: string,
): { readonly vulnerabilities: readonly MatchedVulnerability[]; readonly tally: DatabaseTally } {
  const byName = indexOf(components);
  const tally: DatabaseTally = { records: 0, unreadable: 0 };
  const vulnerabilities: MatchedVulnerability[] = [];
  for (const read of recordTexts(database)) {
    tally.records += 1;
    try {
      const text = read();
      if (!namesAny(text, byName)) continue;
      const record: unknown = JSON.parse(text);
      if (isRecord(record)) vulnerabilities.push(...matchesOf(record, byName));
    } catch {
      tally.unreadable += 1;
    }
  }
  return { vulnerabilities, tally };
}

/** By name as databases spell it, and by its normal form. */
type ComponentIndex = ReadonlyMap<string, readonly Component[]>;

function indexOf(components: readonly Component[]): ComponentIndex {
  const index = new Map<string, Component[]>();
  for (const component of components) {
    const known = index.get(component.name);
    if (known === undefined) index.set(component.name, [component]);
    else known.push(component);
  }
  return index;
}

function* recordTexts(database: string): Generator<() => string> {
  if (!statSync(database).isDirectory()) {
    yield* zipTexts(database);
    return;
  }
  for (const entry of readdirSync(database, { withFileTypes: true })) {
    const path = join(database, entry.name);
    if (entry.isDirectory()) yield* recordTexts(path);
    else if (entry.name.endsWith(".zip")) yield* zipTexts(path);
    else if (entry.name.endsWith(".json")) {
      yield () => {
        if (statSync(path).size > recordBytesMax) throw new RangeError("record is too long");
        return readFileSync(path, "utf8");
      };
    }
  }
}

function* zipTexts(path: string): Generator<() => string> {
  for (const { name, read } of zipEntries(path)) {
    if (name.endsWith(".json")) yield () => read().toString("utf8");
  }
}

const nameMark = '"name"';

/** Whether a record could be about a component: a search for names that saves parsing most. */
function namesAny(text: string, index: ComponentIndex): boolean {
  for (let at = text.indexOf(nameMark); at >= 0; at = text.indexOf(nameMark, at + 6)) {
    const open = text.indexOf('"', at + nameMark.length);
    const close = text.indexOf('"', open + 1);
    if (open < 0 || close < 0) return false;
    const name = text.slice(open + 1, close);
    // Escapes are rare in names: such a record is parsed to be sure.
    if (name.includes("\\")) return true;
    if (index.has(name) || index.has(normalName("PyPI", name))) return true;
  }
  return false;
}

function matchesOf(record: OsvRecord, index: ComponentIndex): readonly MatchedVulnerability[] {
  const matched: MatchedVulnerability[] = [];
  for (const component of candidatesOf(record, index)) {
    const match = matchRecord(record, component);
    if (match !== undefined) matched.push(match);
  }
  return matched;
}

function candidatesOf(record: OsvRecord, index: ComponentIndex): ReadonlySet<Component> {
  const candidates = new Set<Component>();
  const affected = Array.isArray(record["affected"]) ? record["affected"] : [];
  for (const item of affected) {
    const about: unknown = isRecord(item) ? item["package"] : undefined;
    const name = isRecord(about) ? about["name"] : undefined;
    if (typeof name !== "string") continue;
    for (const spelling of new Set([name, normalName("PyPI", name)])) {
      for (const component of index.get(spelling) ?? []) candidates.add(component);
    }
  }
  return candidates;
}
