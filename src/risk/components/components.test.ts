import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { ZipWriter } from "../../../bench/risk/zip-writer.ts";
import { assessWorkloads } from "./assess-workloads.ts";
import { comparisonOf } from "./compare-versions.ts";
import { matchRecord } from "./osv-record.ts";
import { readComponents } from "./read-components.ts";
import { zipEntries } from "./zip-entries.ts";

const directory = mkdtempSync(join(tmpdir(), "merlon-components-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const file = (name: string, content: string | object): string => {
  const path = join(directory, name);
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return path;
};

describe("versions are ordered as their ecosystem orders them", () => {
  test.each([
    ["npm", "1.0.0-rc.1", "1.0.0"],
    ["npm", "1.9.0", "1.10.0"],
    ["npm", "1.2", "1.2.1"],
    ["PyPI", "1.0.dev1", "1.0a1"],
    ["PyPI", "1.0a1", "1.0"],
    ["PyPI", "1.0", "1.0.post1"],
    ["PyPI", "2.0", "1!0.1"],
    ["Maven", "1.0-SNAPSHOT", "1.0"],
    ["Maven", "1.0-alpha-1", "1.0-beta-1"],
    ["Maven", "1.0", "1.0-sp"],
    ["Go", "0.0.0-20190308221718-c2843e01d9a2", "0.1.0"],
    ["RubyGems", "1.0.0.rc1", "1.0.0"],
    ["RubyGems", "6.1.4", "6.1.4.1"],
    ["NuGet", "4.0.0.1", "4.0.0.2"],
    ["NuGet", "4.0.0-preview", "4.0.0"],
    ["Packagist", "v1.2.3", "1.2.4"],
  ])("%s: %s before %s", (ecosystem, older, newer) => {
    expect(comparisonOf(ecosystem)(older, newer)).toBeLessThan(0);
    expect(comparisonOf(ecosystem)(newer, older)).toBeGreaterThan(0);
    expect(comparisonOf(ecosystem)(older, older)).toBe(0);
  });
});

const record = (changes: object = {}): Readonly<Record<string, unknown>> => ({
  id: "GHSA-1",
  aliases: ["CVE-2024-1"],
  severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H" }],
  affected: [
    {
      package: { ecosystem: "npm", name: "left" },
      ranges: [
        {
          type: "SEMVER",
          events: [
            { introduced: "1.0.0" },
            { fixed: "1.2.0" },
            { introduced: "2.0.0" },
            { last_affected: "2.1.0" },
          ],
        },
      ],
      versions: ["0.9.9"],
    },
  ],
  ...changes,
});

test.each([
  ["0.9.9", true],
  ["0.9.8", false],
  ["1.0.0-rc.1", false],
  ["1.0.0", true],
  ["1.1.9", true],
  ["1.2.0", false],
  ["2.1.0", true],
  ["2.1.1", false],
  ["no version", false],
])("a record is about version %s: %s", (version, isAffected) => {
  const component = { ecosystem: "npm", name: "left", version };
  expect(matchRecord(record(), component) !== undefined).toBe(isAffected);
});

test("a match tells score and the versions that mend it; a withdrawn record matches nothing", () => {
  const component = { ecosystem: "npm", name: "left", version: "1.1.0" };
  expect(matchRecord(record(), component)).toMatchObject({ cvss: 9.8, fixed: ["1.2.0"] });
  expect(matchRecord(record({ withdrawn: "2024-01-01" }), component)).toBeUndefined();
  expect(matchRecord(record(), { ...component, ecosystem: "PyPI" })).toBeUndefined();
});

describe("components are read from", () => {
  test.each<[string, string | object, string]>([
    [
      "bom.cdx.json",
      {
        bomFormat: "CycloneDX",
        components: [
          { purl: "pkg:npm/%40scope/a@1.0.0?x=y" },
          { name: "no purl", components: [{ purl: "pkg:maven/org.example/b@2.0" }] },
        ],
      },
      "npm @scope/a 1.0.0, Maven org.example:b 2.0",
    ],
    [
      "spdx.json",
      {
        spdxVersion: "SPDX-2.3",
        packages: [
          { externalRefs: [{ referenceType: "purl", referenceLocator: "pkg:pypi/Flask_X@1.0" }] },
        ],
      },
      "PyPI flask-x 1.0",
    ],
    [
      "package-lock.json",
      {
        lockfileVersion: 3,
        packages: {
          "": { version: "1.0.0" },
          "node_modules/a": { version: "1.0.0" },
          "node_modules/a/node_modules/@s/b": { version: "2.0.0" },
        },
      },
      "npm a 1.0.0, npm @s/b 2.0.0",
    ],
    ["yarn.lock", '"@s/a@^1.0.0", "@s/a@^1.1.0":\n  version "1.1.2"\n', "npm @s/a 1.1.2"],
    ["pnpm-lock.yaml", "lockfileVersion: '9.0'\npackages:\n  '@s/a@1.0.0': {}\n", "npm @s/a 1.0.0"],
    ["poetry.lock", '[[package]]\nname = "Django"\nversion = "4.2"\n', "PyPI django 4.2"],
    ["requirements.txt", "flask[x]==2.0 ; y\nbottle>=1\n", "PyPI flask 2.0"],
    [
      "go.sum",
      "example.org/m v1.2.3 h1:x=\nexample.org/m v1.2.3/go.mod h1:x=\n",
      "Go example.org/m 1.2.3",
    ],
    [
      "Gemfile.lock",
      "GEM\n  specs:\n    rails (7.0.1)\n      rack (>= 2)\n",
      "RubyGems rails 7.0.1",
    ],
  ])("%s", (name, content, expected) => {
    const found = readComponents(file(name, content));
    expect(found.map((item) => `${item.ecosystem} ${item.name} ${item.version}`).join(", ")).toBe(
      expected,
    );
  });

  test("nothing else", () => {
    expect(() => readComponents(file("x.json", "{}"))).toThrow("no list of components");
    expect(() => readComponents(file("broken.json", "{"))).toThrow("no list of components");
    expect(() => readComponents(join(directory, "missing"))).toThrow("cannot read");
  });
});

test("a zip and a directory of records are looked up alike, with exploitation beside", async () => {
  const zip = new ZipWriter(join(directory, "all.zip"));
  zip.add("GHSA-1.json", JSON.stringify(record()));
  zip.add("broken.json", "{");
  zip.add("GHSA-2.json", JSON.stringify(record({ id: "GHSA-2", aliases: [], withdrawn: "x" })));
  zip.close();
  mkdirSync(join(directory, "records"));
  file("records/GHSA-1.json", record());
  const bom = file("left.cdx.json", {
    bomFormat: "CycloneDX",
    components: [{ purl: "pkg:npm/left@1.1.0" }, { purl: "pkg:npm/right@1.1.0" }],
  });
  const exploited = file("kev.json", { vulnerabilities: [{ cveID: "CVE-2024-1" }] });
  const epss = file("epss.csv", "#model\ncve,epss,percentile\nCVE-2024-1,0.5,0.9\n");
  const workload = { name: "shop", serves: "/", components: [bom] };

  for (const database of ["all.zip", "records"]) {
    const sources = { database: join(directory, database), exploited, epss };
    expect(await assessWorkloads([workload], sources)).toMatchObject([
      {
        components: 2,
        vulnerabilities: [{ id: "GHSA-1", cvss: 9.8, isExploited: true, epss: 0.5 }],
      },
    ]);
  }
});

test("a broken zip is an error, not a hang", () => {
  expect(() => [...zipEntries(file("empty.zip", "no zip"))]).toThrow(RangeError);
});
