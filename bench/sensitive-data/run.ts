import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { classify, type Tag } from "../../src/sensitive-data/classifier-engine.ts";
import { builtInClassifiers } from "../../src/sensitive-data/classifiers/index.ts";
import { labelledFields } from "./labelled.ts";
import { lookAlikes } from "./look-alikes.ts";
import { reportClasses } from "./score-classes.ts";

/** Prints what the classifiers tag in honest JSON, in look-alikes and in the corpus of secrets. */
const corpora = join(process.cwd(), "../shared/corpora");
const isVerbose = process.argv.includes("--verbose");

interface Leaf {
  readonly name: string;
  readonly value: string;
}

function linesOf(path: string): readonly Record<string, unknown>[] {
  const file = join(corpora, path);
  if (!existsSync(file)) return [];
  return gunzipSync(readFileSync(file))
    .toString("utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function leavesOf(value: unknown, name: string): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => leavesOf(item, `${name}[0]`));
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, item]) => leavesOf(item, `${name}.${key}`));
  }
  return value === null || typeof value === "boolean" ? [] : [{ name, value: String(value) }];
}

function honestLeaves(): readonly Leaf[] {
  return linesOf("benign/openapi-examples.jsonl.gz").flatMap(({ request }) => {
    const { body } = request as { body: string | null };
    try {
      return body === null ? [] : leavesOf(JSON.parse(body), "$");
    } catch {
      return [];
    }
  });
}

function reportHonest(): void {
  const leaves = honestLeaves();
  const byClass = new Map<string, Leaf[]>();
  const started = performance.now();
  for (const leaf of leaves) {
    for (const tag of classify(leaf.name, leaf.value)) {
      byClass.set(tag.class, [...(byClass.get(tag.class) ?? []), leaf]);
    }
  }
  const micros = ((performance.now() - started) * 1_000) / leaves.length;
  console.log(`honest API examples: ${leaves.length} leaves, ${micros.toFixed(2)} µs a leaf`);
  for (const { class: name } of builtInClassifiers) {
    const tagged = byClass.get(name) ?? [];
    console.log(`  ${name.padEnd(20)} ${String(tagged.length).padStart(5)} tagged`);
    if (!isVerbose) continue;
    for (const leaf of tagged)
      console.log(`      ${leaf.name}  ${JSON.stringify(leaf.value).slice(0, 90)}`);
  }
}

function reportLookAlikes(): void {
  const tagged = lookAlikes.flatMap(({ kind, name, values }) =>
    values.flatMap((value) => classify(name, value).map((tag) => ({ kind, name, value, tag }))),
  );
  const total = lookAlikes.reduce((sum, { values }) => sum + values.length, 0);
  console.log(`look-alikes: ${tagged.length} of ${total} tagged`);
  for (const { kind, name, value, tag } of tagged.slice(0, isVerbose ? 200 : 10)) {
    console.log(`  ${kind}: ${name} = ${value} as ${tag.class}`);
  }
}

const credentialClasses: ReadonlySet<string> = new Set(
  builtInClassifiers.filter(({ hiding }) => hiding === "fingerprint").map((item) => item.class),
);

function isCredential(tags: readonly Tag[]): boolean {
  return tags.some((tag) => credentialClasses.has(tag.class));
}

function reportSecrets(): void {
  const cases = linesOf("secrets/gitleaks-literals.jsonl.gz");
  const outcome = { secret: { yes: 0, no: 0 }, "not-secret": { yes: 0, no: 0 } };
  for (const { label, rule, text } of cases) {
    const hit = isCredential(classify("text", String(text)));
    outcome[label as keyof typeof outcome][hit ? "yes" : "no"] += 1;
    if (isVerbose && hit !== (label === "secret")) {
      console.log(
        `  ${hit ? "false" : "missed"}: ${String(rule)} ${JSON.stringify(text).slice(0, 150)}`,
      );
    }
  }
  const { secret, "not-secret": other } = outcome;
  console.log(`secrets: ${secret.yes} of ${secret.yes + secret.no} found`);
  console.log(`not secrets: ${other.yes} of ${other.yes + other.no} tagged`);
}

reportHonest();
reportLookAlikes();
reportSecrets();
reportClasses(labelledFields(), isVerbose);
