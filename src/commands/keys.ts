import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import type { Command } from "commander";
import { hashPassword } from "../console/passwords.ts";
import { MerlonError } from "../model/merlon-error.ts";
import { printable } from "../protection/printable.ts";
import type { ApiKeyRecord } from "../protection/protections/authentication/api-key-options.ts";
import {
  type IssuedKey,
  issueApiKey,
  rotateApiKey,
} from "../protection/protections/authentication/issue-api-key.ts";
import { lastUseOf, readApiKeys, writeApiKeys } from "./api-key-file.ts";

interface FileFlags {
  readonly file: string;
  readonly json?: boolean;
}

interface CreateFlags extends FileFlags {
  readonly name: string;
  readonly scopes?: string;
  readonly roles?: string;
  readonly expires?: string;
}

interface RotateFlags extends FileFlags {
  readonly overlap: string;
}

const examples = `
Examples:
  merlon keys create --file keys.json --name acme --scopes orders:read --expires 365d
  merlon keys list --file keys.json
  merlon keys rotate 3f9a1c77e0 --file keys.json --overlap 7d
  merlon keys password < password.txt
`;

/** `merlon keys`: issues, lists, rotates and revokes API keys, and hashes passwords. */
export function register(program: Command): void {
  const keys = program
    .command("keys")
    .description("issue, list, rotate and revoke API keys; hash passwords")
    .addHelpText("after", examples);
  const withFile = (name: string, description: string): Command =>
    keys.command(name).description(description).requiredOption("--file <file>", "file of API keys");

  withFile("create", "make a key and print it; only its hash is kept")
    .requiredOption("--name <name>", "whom it is for; keys of one name are one caller")
    .option("--scopes <scopes>", "what it may be used for, with commas between")
    .option("--roles <roles>", "roles of its holder, with commas between")
    .option("--expires <time>", "30d, 12h or a date; missing: never")
    .action((_options, command: Command) => create(command.optsWithGlobals<CreateFlags>()));
  withFile("list", "tell keys with state and last use").action((_options, command: Command) =>
    list(command.optsWithGlobals<FileFlags>()),
  );
  withFile("revoke <id>", "end a key at once").action((id: string, _options, command: Command) =>
    revoke(id, command.optsWithGlobals<FileFlags>()),
  );
  withFile("rotate <id>", "make a key in place of another, which counts for a while more")
    .option("--overlap <time>", "how long both count: 7d, 12h", "7d")
    .action((id: string, _options, command: Command) =>
      rotate(id, command.optsWithGlobals<RotateFlags>()),
    );
  keys
    .command("password")
    .description("read a password and print its hash for basic authentication")
    .action(async () => console.log(await hashPassword(await readPassword())));
}

function create({ file, name, scopes, roles, expires, json }: CreateFlags): void {
  const nowMs = Date.now();
  const records = readApiKeys(file);
  const end = expires === undefined ? {} : { expires: momentOf(expires, nowMs) };
  const about = { name, scopes: wordsOf(scopes), roles: wordsOf(roles), ...end };
  const issued = issueApiKey(about, nowMs);
  writeApiKeys(file, [...records, issued.record]);
  tell(issued, json);
}

function rotate(id: string, { file, overlap, json }: RotateFlags): void {
  const overlapMs = durationOf(overlap);
  if (overlapMs === undefined) throw notATime(overlap);
  const rotated = rotateApiKey(readApiKeys(file), id, { overlapMs, nowMs: Date.now() });
  if (rotated === undefined) throw unknownKey(id, file);
  writeApiKeys(file, rotated.records);
  tell(rotated.issued, json);
}

function revoke(id: string, { file, json }: FileFlags): void {
  const records = readApiKeys(file);
  if (!records.some((record) => record.id === id)) throw unknownKey(id, file);
  const revoked = new Date().toISOString();
  writeApiKeys(
    file,
    records.map((record) => (record.id === id ? { ...record, revoked } : record)),
  );
  console.log(json ? JSON.stringify({ id, revoked }) : `revoked ${id}`);
}

function list({ file, json }: FileFlags): void {
  const nowMs = Date.now();
  for (const { hash: _, ...record } of readApiKeys(file)) {
    const lastUsed = lastUseOf(file, record.id);
    const state = stateOf(record, nowMs);
    if (json) console.log(JSON.stringify({ ...record, state, lastUsed }));
    else console.log(lineOf(record, state, lastUsed));
  }
}

type Listed = Omit<ApiKeyRecord, "hash">;

function stateOf({ revoked, expires }: Listed, nowMs: number): string {
  if (revoked !== undefined) return "revoked";
  if (expires !== undefined && Date.parse(expires) <= nowMs) return "expired";
  return expires === undefined ? "valid" : `until ${expires}`;
}

function lineOf({ id, name, scopes }: Listed, state: string, lastUsed = "never"): string {
  const parts = [`mk_${id}_…`, printable(name), scopes.join(",") || "-", state];
  return `${parts.join("  ")}  last used ${lastUsed}`;
}

function tell({ key, record }: IssuedKey, json: boolean | undefined): void {
  const { hash: _, ...rest } = record;
  if (json) console.log(JSON.stringify({ key, ...rest }));
  else console.log(`${key}\n\nThis is the only time the key is shown.`);
}

function wordsOf(list = ""): readonly string[] {
  return list
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
}

const unitsMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `30d`, `12h`, `5m` in milliseconds. */
function durationOf(text: string): number | undefined {
  const found = /^(\d{1,6})([mhd])$/.exec(text);
  return found === null ? undefined : Number(found[1]) * (unitsMs[found[2] ?? ""] ?? 0);
}

function momentOf(text: string, nowMs: number): string {
  const durationMs = durationOf(text);
  const momentMs = durationMs === undefined ? Date.parse(text) : nowMs + durationMs;
  if (Number.isNaN(momentMs)) throw notATime(text);
  return new Date(momentMs).toISOString();
}

function notATime(text: string): MerlonError {
  return new MerlonError("ERR_USAGE", `${printable(text)} is no time`, {
    fix: "Write 30d, 12h, 5m or a date such as 2027-01-31.",
  });
}

function unknownKey(id: string, file: string): MerlonError {
  return new MerlonError("ERR_USAGE", `${file} has no key ${printable(id)} in force`, {
    fix: `See the ids with \`merlon keys list --file ${file}\`.`,
  });
}

/** The first line of the input; typed ones are not shown. */
async function readPassword(): Promise<string> {
  const isTyped = process.stdin.isTTY;
  if (isTyped) process.stderr.write("Password: ");
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: silent, terminal: isTyped });
  for await (const line of lines) {
    lines.close();
    if (isTyped) process.stderr.write("\n");
    return line;
  }
  throw new MerlonError("ERR_USAGE", "no password given", { fix: "Type one, or pipe one in." });
}
