import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { Header, RequestHead } from "../../src/model/exchange.ts";
import type { Case, CaseRequest } from "./case.ts";
import { detectorOfClass, detectorOfRule, detectorOfRuleFamily } from "./classes-table.ts";

/** Where the corpora lie beside a checkout; they are not part of the repository. */
export const corporaFolder: string = join(process.cwd(), "..", "shared", "corpora");

export function hasCorpora(): boolean {
  return existsSync(join(corporaFolder, "attack"));
}

interface Corpus {
  readonly name: string;
  readonly file: string;
  casesOf(record: Record<string, unknown>): Case | undefined;
}

/** Reads every case of every corpus, or of one. */
export function readCorpora(only?: string): Case[] {
  const chosen = corpora.filter(({ name }) => only === undefined || name === only);
  return chosen.flatMap((corpus) =>
    recordsOf(corpus.file).flatMap((record) => corpus.casesOf(record) ?? []),
  );
}

function recordsOf(file: string): Record<string, unknown>[] {
  const text = gunzipSync(readFileSync(join(corporaFolder, file))).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

function payloadCorpus(name: string, file: string, key = "payload"): Corpus {
  return {
    name,
    file,
    casesOf(record) {
      const { id, label, cls } = record;
      const payload = record[key];
      if (typeof payload !== "string" || payload === "") return undefined;
      if (label !== "attack" && label !== "benign") return undefined;
      const isAttack = label === "attack";
      const attackClass = detectorOfClass[String(cls)] ?? `uncovered: ${cls}`;
      return {
        id: String(id),
        corpus: name,
        cls: isAttack ? attackClass : "honest",
        isAttack,
        payload,
      };
    },
  };
}

const corpora: readonly Corpus[] = [
  payloadCorpus("libinjection", "attack/libinjection.jsonl.gz", "decoded"),
  payloadCorpus("httpparams", "attack/httpparams.jsonl.gz"),
  payloadCorpus("payloadsallthethings", "attack/payloadsallthethings.jsonl.gz"),
  payloadCorpus("fuzzdb", "attack/fuzzdb.jsonl.gz"),
  payloadCorpus("naughty-strings", "benign/naughty-strings.jsonl.gz"),
  { name: "crs-regression", file: "attack/crs-regression.jsonl.gz", casesOf: regressionCaseOf },
  { name: "openapi-examples", file: "benign/openapi-examples.jsonl.gz", casesOf: exampleCaseOf },
];

/** Attacks that level 1 of the CRS blocks, and the honest look-alikes that it passes. */
function regressionCaseOf(record: Record<string, unknown>): Case | undefined {
  if (record["response_rule"] === true || record["pl"] !== 1) return undefined;
  const isAttack = record["label"] === "attack" && record["crs4_pl1_status"] === 403;
  const isHonest = record["hard_negative"] === true;
  if (!isAttack && !isHonest) return undefined;
  const request = rawRequestOf(Buffer.from(String(record["raw_b64"]), "base64"));
  if (request === undefined) return undefined;
  const rule = Number(record["rule"]);
  const family = Math.floor(rule / 1000);
  return {
    id: String(record["id"]),
    corpus: "crs-regression",
    cls: isAttack
      ? (detectorOfRule[rule] ?? detectorOfRuleFamily[family] ?? `uncovered: rules ${family}xxx`)
      : "honest",
    isAttack,
    request,
  };
}

function exampleCaseOf(record: Record<string, unknown>): Case {
  const { method, path, headers, body } = record["request"] as {
    method: string;
    path: string;
    headers: readonly (readonly [string, string])[];
    body: unknown;
  };
  const text = typeof body === "string" ? body : body === null ? "" : JSON.stringify(body);
  return {
    id: String(record["id"]),
    corpus: "openapi-examples",
    cls: "honest",
    isAttack: false,
    request: { head: headOf(method, path, headers), body: Buffer.from(text) },
  };
}

/** Reads a recorded request leniently: these bytes are examples, not traffic. */
function rawRequestOf(raw: Buffer): CaseRequest | undefined {
  const headEnd = raw.indexOf("\r\n\r\n");
  const head = raw.subarray(0, headEnd < 0 ? raw.length : headEnd).toString("latin1");
  const [requestLine = "", ...lines] = head.split("\r\n");
  const firstSpace = requestLine.indexOf(" ");
  const lastSpace = requestLine.lastIndexOf(" ");
  if (firstSpace <= 0 || lastSpace <= firstSpace) return undefined;
  const target = requestLine.slice(firstSpace + 1, lastSpace);
  const headers = lines.flatMap((line): [string, string][] => {
    const colon = line.indexOf(":");
    return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 1).trim()]] : [];
  });
  const body = headEnd < 0 ? Buffer.alloc(0) : raw.subarray(headEnd + 4);
  return { head: headOf(requestLine.slice(0, firstSpace), target, headers), body };
}

function headOf(
  method: string,
  target: string,
  headers: readonly (readonly [string, string])[],
): RequestHead {
  const question = target.indexOf("?");
  const lowered = headers.map(([name, value]): Header => [name.toLowerCase(), value]);
  return {
    method,
    scheme: "http",
    authority: lowered.find(([name]) => name === "host")?.[1] ?? "localhost",
    path: question < 0 ? target : target.slice(0, question),
    query: question < 0 ? "" : target.slice(question + 1),
    httpVersion: "1.1",
    headers: lowered,
  };
}
