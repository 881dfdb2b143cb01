import { globSync } from "node:fs";
import { dirname, relative } from "node:path";

/** `npm run bench -- gateway …`: runs one benchmark by its folder's name; without a name lists them. */
const names = globSync(`${import.meta.dirname}/*/run.ts`).map((file) =>
  relative(import.meta.dirname, dirname(file)),
);
const [name] = process.argv.splice(2, 1);

if (name === undefined || !names.includes(name)) {
  console.log(`Which one? npm run bench -- ${names.sort().join(" | ")}`);
  process.exitCode = name === undefined ? 0 : 2;
} else {
  await import(`./${name}/run.ts`);
}
