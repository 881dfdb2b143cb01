import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { builtInDetectors } from "./index.ts";

const ids = builtInDetectors.map(({ id }) => id);
/** Looks at responses and is run by a protection of its own. */
const responseSide = "information-leak";

test("every detector of the folder is in the list, once", () => {
  const folders = globSync("src/detection/detectors/*/").map((path) => basename(path));

  expect([...ids, responseSide].sort()).toEqual(folders.sort());
});

test.each([...ids, responseSide])("%s has its reference page with its headings", (id) => {
  const page = readFileSync(`docs/reference/detectors/${id}.md`, "utf8");
  const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

  expect(headings).toEqual(
    expect.arrayContaining(["Confidence", "What it leaves alone", "Known limits"]),
  );
});
