import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generateBom, generateDatabase } from "./generate.ts";

/**
 * Prints how long a bill of materials of 50,000 components takes against a database of the size of
 * npm's, and the memory of the process that does it.
 */
const sizes = { reports: 210_000, advisories: 22_000, components: 50_000 };
const directory = mkdtempSync(join(tmpdir(), "merlon-risk-"));
const database = join(directory, "all.zip");
const bom = join(directory, "bom.cdx.json");

try {
  generateDatabase(database, sizes);
  generateBom(bom, sizes.components);
  const { reports, advisories, components } = sizes;
  const megabytes = (statSync(database).size / 1_048_576).toFixed(0);
  console.log(`database: ${reports + advisories} records, ${megabytes} MB zipped`);
  console.log(`bill of materials: ${components} components`);
  const program = join(import.meta.dirname, "measure-match.ts");
  if (!existsSync(program)) throw new Error("measure-match.ts is missing");
  execFileSync(process.execPath, [program, database, bom], { stdio: "inherit" });
} finally {
  rmSync(directory, { recursive: true, force: true });
}
