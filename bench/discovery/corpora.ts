import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { GroundTruth, LabelledRequest, TrueOperation } from "./ground-truth.ts";

const folder = "../shared/corpora/discovery";

/** Specifications that nobody looked into while templates were developed. */
export const validationNames: ReadonlySet<string> = new Set([
  "appwrite.io_server",
  "box.com",
  "gitea.io",
  "notion.com",
  "spotify.com_sonallux",
  "tfl.gov.uk",
  "vimeo.com",
  "xero.com_xero_accounting",
]);

/** The corpora at hand; none when the folder is missing. */
export function corpusNames(): readonly string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

export function loadCorpus(name: string): GroundTruth {
  const truth = JSON.parse(readFileSync(join(folder, name, "truth.json"), "utf8")) as {
    readonly ops: readonly { m: string; p: string; shadow: boolean; deprecated: boolean }[];
  };
  const documented = JSON.parse(readFileSync(join(folder, name, "documented.json"), "utf8")) as {
    readonly ops: readonly (readonly [method: string, path: string, flags: string])[];
  };
  const operations: readonly TrueOperation[] = truth.ops.map(({ m, p, shadow, deprecated }) => ({
    method: m,
    template: p,
    shadow,
    deprecated,
  }));
  const labels = lines(join(folder, name, "labels.txt.gz")).map(Number);
  const requests = lines(join(folder, name, "traffic.jsonl.gz")).map((line, at) => {
    const [timeMs, method, host, target, status, user] = JSON.parse(line) as [
      number,
      string,
      string,
      string,
      number,
      string,
    ];
    const operation = operations[labels[at] ?? -1];
    const request: LabelledRequest = { timeMs, method, host, target, status, user };
    return operation === undefined ? request : { ...request, operation };
  });
  return {
    name,
    requests,
    documented: documented.ops.map(([method, template, flags]) => ({
      method,
      template,
      deprecated: flags !== "",
    })),
  };
}

function lines(path: string): readonly string[] {
  return gunzipSync(readFileSync(path)).toString("utf8").trim().split("\n");
}
