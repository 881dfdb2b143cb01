import { writeFileSync } from "node:fs";
import { ZipWriter } from "./zip-writer.ts";

/**
 * An npm database of the size of the published one: mostly short reports of malicious packages,
 * beside them advisories with ranges and long texts. The same in every run.
 */
export function generateDatabase(
  path: string,
  { reports, advisories }: { readonly reports: number; readonly advisories: number },
): void {
  const zip = new ZipWriter(path);
  for (let at = 0; at < reports; at += 1) {
    zip.add(`MAL-2025-${at}.json`, JSON.stringify(reportOf(at)));
  }
  for (let at = 0; at < advisories; at += 1) {
    zip.add(`GHSA-${at.toString(36).padStart(12, "0")}.json`, JSON.stringify(advisoryOf(at)));
  }
  zip.close();
}

/** A CycloneDX document; every tenth component is one that an advisory is about. */
export function generateBom(path: string, components: number): void {
  const list = Array.from({ length: components }, (_, at) => {
    const name = at % 10 === 0 ? `vulnerable-${at / 10}` : `@team${at % 97}/library-${at}`;
    const version = `${at % 7}.${at % 13}.${at % 29}`;
    const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
    return { type: "library", name, version, purl, licenses: [{ license: { id: "MIT" } }] };
  });
  writeFileSync(
    path,
    JSON.stringify({ bomFormat: "CycloneDX", specVersion: "1.6", components: list }),
  );
}

const sentence =
  "The package communicates with a domain associated with malicious activity and runs a script that gathers the environment. ";

function reportOf(at: number): object {
  return {
    schema_version: "1.7.3",
    id: `MAL-2025-${at}`,
    modified: "2025-11-01T00:00:00Z",
    published: "2025-10-01T00:00:00Z",
    summary: `Malicious code in typo-${at} (npm)`,
    details: `${sentence.repeat(4)}${at}`,
    affected: [
      {
        package: { ecosystem: "npm", name: `typo-${at}` },
        versions: [`1.0.${at % 10}`, `1.1.${at % 10}`, "99.9.9"],
        database_specific: { cwes: [{ cweId: "CWE-506", name: "Embedded Malicious Code" }] },
      },
    ],
    credits: [{ name: "somebody", type: "FINDER", contact: ["https://example.org"] }],
    database_specific: {
      "malicious-packages-origins": [
        { source: "a", sha256: at.toString(16).padStart(64, "0"), import_time: "2025-10-02" },
      ],
    },
  };
}

function advisoryOf(at: number): object {
  return {
    schema_version: "1.7.3",
    id: `GHSA-${at.toString(36).padStart(12, "0")}`,
    aliases: [`CVE-2024-${10_000 + at}`],
    modified: "2025-11-01T00:00:00Z",
    summary: `Prototype pollution in vulnerable-${at}`,
    details: `### Impact\n${sentence.repeat(20)}\n### Patches\nUpgrade.\n${at}`,
    severity: [{ type: "CVSS_V3", score: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:N" }],
    affected: [
      {
        package: { ecosystem: "npm", name: `vulnerable-${at}`, purl: `pkg:npm/vulnerable-${at}` },
        ranges: [{ type: "SEMVER", events: [{ introduced: "0" }, { fixed: "4.5.6" }] }],
      },
    ],
    references: Array.from({ length: 6 }, (_, index) => ({
      type: "WEB",
      url: `https://example.org/${at}/${index}`,
    })),
    database_specific: { severity: "HIGH", cwe_ids: ["CWE-1321"] },
  };
}
