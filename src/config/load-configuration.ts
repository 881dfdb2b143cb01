import { readFile, stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { basename, dirname, resolve } from "node:path";
import type { z } from "zod";
import { MerlonError } from "../model/merlon-error.ts";
import { protectionsWithPaths } from "../protection/policy-options.ts";
import type { RiskOptions } from "../risk/risk-options.ts";
import type { Configuration } from "./configuration.ts";
import { ConfigurationError } from "./configuration-error.ts";
import {
  type ConfigurationDocument,
  configurationSchema,
  createJsonSchema,
} from "./configuration-schema.ts";
import { explainIssues } from "./explain-issues.ts";
import { mergeDocuments } from "./merge-documents.ts";
import { readYaml, type YamlSource } from "./yaml-source.ts";

export interface LoadOptions {
  /** Missing: `merlon.yaml` in the working directory when there is one, else defaults only. */
  readonly file?: string | undefined;
  /** What the command line says, in the shape of the document; goes over the file. */
  readonly overrides?: object;
  /** Whether a configuration without any API behind it is an error; true unless told. */
  readonly needsUpstream?: boolean;
  /** Whether `merlon.yaml` of the working directory is taken when no file is named; true unless told. */
  readonly looksForFile?: boolean;
  readonly workingDirectory?: string;
}

/** A configuration before it is put to use, with what it was made of. */
export interface LoadedDocument {
  readonly source: YamlSource;
  readonly document: ConfigurationDocument;
  /** File and command line together, as written, without defaults. */
  readonly written: unknown;
  readonly file?: string;
}

/** Longer files are no configuration. */
const FILE_BYTES_MAX = 4_194_304;

const defaultFile = "merlon.yaml";

/** Reads and checks the configuration; throws a `ConfigurationError` with everything that is wrong. */
export async function loadConfiguration(options: LoadOptions = {}): Promise<Configuration> {
  const loaded = await loadDocument(options);
  const { document, file } = loaded;
  const base = pathBaseOf(options, file);
  const { workers = availableParallelism(), ...gateway } = document.gateway;
  const { mode, onFailure, apis, endpoints, exceptions } = document;
  const pathOf = (path: string): string => resolve(base("protections"), path);
  const protections = protectionsWithPaths(document.protections, pathOf);
  return {
    ...(file === undefined ? {} : { file }),
    gateway: { ...gateway, listen: document.listen, upstreams: document.upstreams ?? [] },
    workers,
    policy: { mode, onFailure, protections, apis, endpoints, exceptions },
    specifications: document.specifications.map((path) => resolve(base("specifications"), path)),
    storage: {
      ...document.storage,
      directory: resolve(base("storage"), document.storage.directory),
    },
    console: document.console,
    learning: document.learning,
    notifications: document.notifications,
    risk: resolvedRisk(document.risk, base("specifications")),
    workloads: document.workloads.map((workload) => ({
      ...workload,
      components: workload.components.map((path) => resolve(base("specifications"), path)),
    })),
    counters: document.counters,
  };
}

/** Files relative to where the document stands; a web address stays what it is. */
function resolvedRisk(risk: RiskOptions, base: string): RiskOptions {
  const at = (path: string): string => (/^https:\/\//.test(path) ? path : resolve(base, path));
  const { database, exploited, epss } = risk.vulnerabilities;
  return {
    ...risk,
    ...(risk.secretWords === undefined ? {} : { secretWords: at(risk.secretWords) }),
    vulnerabilities: {
      ...(database === undefined ? {} : { database: at(database) }),
      ...(exploited === undefined ? {} : { exploited: at(exploited) }),
      ...(epss === undefined ? {} : { epss: at(epss) }),
    },
  };
}

/** As `loadConfiguration`, but the plain document: for those who check or explain it. */
export async function loadDocument(options: LoadOptions = {}): Promise<LoadedDocument> {
  const { overrides = {}, needsUpstream = true } = options;
  const file = await fileOf(options);
  const source =
    file === undefined ? readYaml("defaults", "") : readYaml(basename(file), await textOf(file));
  const written = mergeDocuments(source.value, overrides);
  // A flag wins over the file, hence over its list too.
  const shorthand = withUpstreamList(written, { replaces: "upstream" in overrides });

  const checked = configurationSchema.safeParse(shorthand.document);
  if (!checked.success) {
    const issues = checked.error.issues.map((issue) => shorthand.asWritten(issue));
    const context = { source, overrides, schema: createJsonSchema() };
    throw new ConfigurationError(explainIssues(issues, context));
  }
  const document = checked.data;
  if (needsUpstream && (document.upstreams?.length ?? 0) === 0) {
    throw new ConfigurationError([
      {
        source: source.name,
        path: "upstream",
        message: "is missing: there is no API to guard",
        fix: "Write `upstream: http://127.0.0.1:3000` with your API's address, or pass --upstream.",
      },
    ]);
  }
  return { source, document, written, ...(file === undefined ? {} : { file }) };
}

/** A path is relative to where it was written: the file, or the shell that a flag came from. */
function pathBaseOf(
  options: LoadOptions,
  file: string | undefined,
): (key: "protections" | "specifications" | "storage") => string {
  const { overrides = {} } = options;
  return (key) =>
    file === undefined || key in overrides ? workingDirectoryOf(options) : dirname(file);
}

interface Shorthand {
  readonly document: unknown;
  /** The issue at the place where the user wrote what is wrong. */
  asWritten(issue: z.core.$ZodIssue): z.core.$ZodIssue;
}

/** `upstream: URL` is the last of the list: it gets what no other one serves. */
function withUpstreamList(written: unknown, { replaces }: { replaces: boolean }): Shorthand {
  const { upstream, upstreams } = (written ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof upstream !== "string" || !URL.canParse(upstream)) {
    return { document: written, asWritten: (issue) => issue };
  }
  const others: readonly unknown[] = Array.isArray(upstreams) && !replaces ? upstreams : [];
  return {
    document: { ...(written as object), upstreams: [...others, { url: upstream }] },
    asWritten: (issue) =>
      issue.path[0] === "upstreams" && issue.path[1] === others.length
        ? { ...issue, path: ["upstream"] }
        : issue,
  };
}

async function fileOf(options: LoadOptions): Promise<string | undefined> {
  const directory = workingDirectoryOf(options);
  if (options.file !== undefined) return resolve(directory, options.file);
  if (options.looksForFile === false) return undefined;
  const candidate = resolve(directory, defaultFile);
  const isThere = await stat(candidate).then(
    (found) => found.isFile(),
    () => false,
  );
  return isThere ? candidate : undefined;
}

function workingDirectoryOf({ workingDirectory }: LoadOptions): string {
  return workingDirectory ?? process.cwd();
}

async function textOf(file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size <= FILE_BYTES_MAX) return await readFile(file, "utf8");
  } catch (cause) {
    throw new MerlonError("ERR_CONFIG_UNREADABLE", `cannot read ${file}`, {
      cause,
      fix: "Check that the file exists and that Merlon may read it.",
    });
  }
  throw new MerlonError("ERR_CONFIG_UNREADABLE", `${file} is larger than ${FILE_BYTES_MAX} bytes`, {
    fix: "Give the configuration file, not a recording or a specification.",
  });
}
