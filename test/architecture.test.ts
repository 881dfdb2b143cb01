import { globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { describe, expect, test } from "vitest";

/** The whole architecture on one screen: what each folder of src/ may import, besides itself. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  model: [],
  http: ["model"],
  detection: ["model", "http"],
  specifications: ["model", "http"],
  "sensitive-data": ["model"],
  protection: ["model", "http", "detection", "specifications", "sensitive-data"],
  discovery: ["model", "http", "specifications", "sensitive-data"],
  risk: ["model", "specifications", "sensitive-data"],
  reporting: ["model", "risk"],
  sources: ["model", "http", "protection"],
  storage: ["model"],
  console: ["model", "specifications", "discovery", "risk", "protection", "reporting"],
  config: ["model"],
  app: [
    "model",
    "http",
    "detection",
    "specifications",
    "sensitive-data",
    "protection",
    "discovery",
    "risk",
    "reporting",
    "sources",
    "storage",
    "console",
    "config",
  ],
};

/** Files that any folder named here may import although their folder is closed to it. */
const openFiles: Readonly<Record<string, RegExp>> = {
  // A driver implements the narrow store interfaces that its users own.
  storage: /-store\.ts$/,
  // The document is composed from each part's own options schema.
  config: /-options\.ts$/,
};

/** Engines that must run anywhere take no `node:` module at all. */
const withoutNode = ["model", "detection"];

const folders = globSync("src/*/").map((path) => path.split("/")[1] ?? "");

describe.each(folders.filter((folder) => folder !== "commands"))("src/%s", (folder) => {
  const allowed = mayImport[folder] ?? [];

  test(`imports only ${allowed.join(", ") || "itself"}`, () => {
    const foreign = importsOf(folder)
      .filter(({ target }) => ![folder, ...allowed].includes(target.split("/")[1] ?? ""))
      .filter(({ target }) => !openFiles[folder]?.test(target))
      .map(({ file, target }) => `${file} -> ${target}`);

    expect(foreign).toEqual([]);
  });
});

test.each(withoutNode)("src/%s takes no node: module", (folder) => {
  const files = globSync(`src/${folder}/**/*.ts`).filter((file) => !file.endsWith(".test.ts"));
  const offending = files.filter((file) => /from "node:/.test(readFileSync(file, "utf8")));

  expect(offending).toEqual([]);
});

test("every folder of src/ has its place in the table", () => {
  const unlisted = folders.filter((folder) => folder !== "commands" && !(folder in mayImport));

  expect(unlisted).toEqual([]);
});

function importsOf(folder: string): { file: string; target: string }[] {
  return globSync(`src/${folder}/**/*.ts`)
    .filter((file) => !file.endsWith(".test.ts"))
    .flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)].map(
        ([, path]) => ({ file, target: normalize(join(dirname(file), path ?? "")) }),
      ),
    );
}
