import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { explainConfiguration } from "./explain-configuration.ts";
import { loadDocument } from "./load-configuration.ts";

test("the explanation is valid YAML that tells defaults from what was written", async () => {
  const directory = mkdtempSync(join(tmpdir(), "merlon-config-"));
  try {
    writeFileSync(
      join(directory, "merlon.yaml"),
      "upstream: http://127.0.0.1:1\nlisten: { port: 8443 }\n",
    );
    const loaded = await loadDocument({ workingDirectory: directory });
    const text = explainConfiguration(loaded);

    expect(parse(text)).toEqual(loaded.document);
    expect(text).toContain("from merlon.yaml");
    expect(text).toMatch(/^ {2}port: 8443$/m);
    expect(text).toMatch(/^ {2}address: 127\.0\.0\.1 # default$/m);
    expect(text).toMatch(/^mode: observe # default$/m);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
});

test("without a file everything is a default", async () => {
  const loaded = await loadDocument({ looksForFile: false, needsUpstream: false });

  expect(explainConfiguration(loaded)).toContain("no file");
});
