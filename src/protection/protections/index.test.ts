import { globSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { builtInProtections } from "./index.ts";

const ids = builtInProtections.map(({ id }) => id);

test("every protection of the folder is in the list", () => {
  const files = globSync("src/protection/protections/*-options.ts").map((file) =>
    basename(file, "-options.ts"),
  );

  expect([...ids].sort()).toEqual(files.sort());
});

test.each(ids)("%s has its reference page with every heading", (id) => {
  const page = readFileSync(`docs/reference/protections/${id}.md`, "utf8");
  const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);

  expect(headings).toEqual([
    "What it stops",
    "Options",
    "What a client sees",
    "What is recorded",
    "Known limits",
    "Example",
  ]);
});
