import type { Confidence } from "../../../model/detection.ts";
import type { RequestHead } from "../../../model/exchange.ts";
import type { Field } from "../../../model/field.ts";
import type { Detector, Match } from "../../detector.ts";
import { proseWordsAround } from "../../languages/prose.ts";
import { executableNameIn } from "./file-name.ts";
import { serverSettingIn, shellCodeIn } from "./shell-code.ts";

/**
 * Finds uploads that a web server would run: names with an ending of an interpreter, however it is
 * hidden, code of server pages in files of any name, and settings that make pictures run.
 */
export const webShellUpload: Detector = {
  id: "web-shell-upload",
  summary:
    "Uploaded files that a web server would run: executable endings behind tricks, PHP, JSP and ASP code within pictures and texts, server settings.",
  requires: [],
  signs: {
    classes: 0,
    texts: [
      ".ph",
      ".jsp",
      ".jsw",
      ".jsv",
      ".jhtml",
      ".as",
      ".axd",
      ".cer",
      ".cdx",
      ".cshtml",
      ".vbhtml",
      ".cf",
      ".sht",
      ".stm",
      ".pl",
      ".cgi",
      ".fcgi",
      ".war",
      "sess_",
      ".user.ini",
      "<?",
      "<%",
      "<script",
      "<cf",
      "<jsp:",
      "addtype",
      "addhandler",
      "sethandler",
      "php_value",
      "auto_prepend",
      "auto_append",
    ],
  },
  readsSurroundings: true,

  detect(field: Field, request?: RequestHead): Match | undefined {
    if (field.part === "name") return undefined;
    const kind = nameKindOf(field, request);
    if (kind !== undefined) return judgeName(field, kind, request);
    return field.location === "body" ? judgeContent(field) : undefined;
  },
};

/** Where a file's name stands: in a form of parts, in a header for uploads, as a PUT's path, or in a field called so. */
type NameKind = "upload" | "put" | "named";

const uploadHeaders: ReadonlySet<string> = new Set([
  "x-filename",
  "x_filename",
  "x.filename",
  "x-file-name",
  "x-file_name",
  "slug",
  "x-upload-filename",
  "content-disposition",
]);
const nameEndings: readonly string[] = ["filename", "file_name", "filepath", "originalname"];

function nameKindOf(
  { location, name }: Field,
  request: RequestHead | undefined,
): NameKind | undefined {
  if (location === "header") return uploadHeaders.has(name) ? "upload" : undefined;
  if (location === "path") return request?.method === "PUT" ? "put" : undefined;
  const lower = name.toLowerCase();
  if (!nameEndings.some((ending) => lower.endsWith(ending))) return undefined;
  const isPart = location === "body" && !lower.startsWith("$") && lower.endsWith(".filename");
  return isPart ? "upload" : "named";
}

function judgeName(
  field: Field,
  kind: NameKind,
  request: RequestHead | undefined,
): Match | undefined {
  const { value } = field;
  const span = { start: 0, end: value.length };
  const reading = executableNameIn(value);
  if (reading !== undefined) {
    const how = reading.trick === "" ? "" : ` (${reading.trick}, where checks overlook it)`;
    return {
      confidence: nameConfidence(kind, reading.trick !== "", request),
      ...span,
      explanation: `The file name has the ending "${reading.ending}"${how}: a web server that keeps uploads within its folders runs it when it is asked for.`,
    };
  }
  const leaf = value
    .slice(Math.max(value.lastIndexOf("/"), value.lastIndexOf("\\")) + 1)
    .toLowerCase();
  if (kind !== "upload" || !(isPhpSession(leaf) || leaf === ".user.ini")) return undefined;
  return {
    confidence: "medium",
    ...span,
    explanation: `A file of the name "${leaf.slice(0, 64)}" is one that PHP itself reads: as a session, or as settings.`,
  };
}

/** Paths of services that take source code; what they store is not run. */
const sourcePaths: readonly string[] = [
  "source",
  "code",
  "repo",
  "snippet",
  "gist",
  "plugin",
  "theme",
  "deploy",
  "artifact",
  "package",
  "commit",
  "blob",
  "contents",
  "function",
  "lambda",
  "git",
];

function nameConfidence(
  kind: NameKind,
  isHidden: boolean,
  request: RequestHead | undefined,
): Confidence {
  const path = request?.path.toLowerCase() ?? "";
  const takesSource = sourcePaths.some((part) => path.includes(part));
  if (takesSource) return "low";
  if (kind === "named") return isHidden ? "medium" : "low";
  if (isHidden) return "high";
  return "medium";
}

/** `sess_` and the 20 to 64 signs of an identifier (PHP's `session.sid_length` is 22 at least). */
function isPhpSession(leaf: string): boolean {
  if (!leaf.startsWith("sess_") || leaf.length < 24 || leaf.length > 261) return false;
  for (let at = 5; at < leaf.length; at++) {
    const code = leaf.charCodeAt(at);
    const isSign =
      (code >= 0x61 && code <= 0x7a) ||
      (code >= 0x30 && code <= 0x39) ||
      code === 0x2c ||
      code === 0x2d;
    if (!isSign) return false;
  }
  return true;
}

/** First bytes of pictures and documents, as they look when read as text. */
const magics: readonly string[] = [
  "GIF8",
  "\u0089PNG",
  "\ufffdPNG",
  "\u00ff\u00d8\u00ff",
  "\ufffd\ufffd\ufffd",
  "%PDF-",
  "BM",
  "RIFF",
  "PK\u0003\u0004",
];
const proseWordsMax = 40;

function judgeContent({ value }: Field): Match | undefined {
  const code = shellCodeIn(value) ?? serverSettingIn(value);
  if (code === undefined) return undefined;
  const { start, end, language, what } = code;
  const isPicture = start > 0 && magics.some((magic) => value.startsWith(magic));
  const isText =
    proseWordsAround(value, { start, end: value.length }, proseWordsMax) >= proseWordsMax;
  const where = isPicture
    ? "Within what begins like a picture or document stands"
    : "The content has";
  return {
    confidence: isPicture ? "high" : isText ? "low" : code.confidence,
    start,
    end,
    explanation:
      language === "server"
        ? `The content are settings that ${what}.`
        : `${where} ${language} code to ${what}, which a web server runs when the file is asked for.`,
  };
}
