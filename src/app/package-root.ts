import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of Merlon's package.json, from source and from the built package alike. */
export const packageRoot: string = findPackageRoot(import.meta.dirname);

/** Merlon's version, as its package.json says. */
export const version: string = JSON.parse(
  readFileSync(join(packageRoot, "package.json"), "utf8"),
).version;

function findPackageRoot(folder: string): string {
  if (existsSync(join(folder, "package.json"))) return folder;
  return findPackageRoot(dirname(folder));
}
