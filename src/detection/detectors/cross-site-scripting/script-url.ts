import { decodeCharacterReferences } from "./character-references.ts";

/** Schemes that run script when a browser follows them. */
const scriptSchemes = ["javascript:", "vbscript:", "livescript:", "mocha:", "jscript:"];

/** Media types of data addresses that a browser renders as a document. */
const documentTypes = [
  "text/html",
  "image/svg+xml",
  "application/xhtml+xml",
  "text/xml",
  "application/xml",
  "text/javascript",
  "application/javascript",
  "application/x-javascript",
];

/** Enough to hold any scheme and media type with the noise that browsers drop from them. */
const headLengthMax = 512;

/** What an address makes a browser do. */
export interface ScriptUrl {
  readonly scheme: string;
  /** What follows the scheme. */
  readonly rest: string;
}

/** Reads an address as a browser does and says whether following it runs script. */
export function findScriptUrl(text: string): ScriptUrl | undefined {
  const url = canonicalUrl(text);
  for (const scheme of scriptSchemes) {
    if (url.startsWith(scheme)) return { scheme, rest: url.slice(scheme.length) };
  }
  // Old browsers ran `&{…}` and `feed:javascript:` too.
  if (url.startsWith("feed:javascript:")) return { scheme: "javascript:", rest: url.slice(16) };
  return undefined;
}

/** `javascript:void(0)` and `javascript:;`: how old pages write a link that does nothing. */
export function isIdleScript(text: string): boolean {
  return idleScripts.has(text.trim().toLowerCase());
}

const idleScripts: ReadonlySet<string> = new Set([
  "javascript:void(0)",
  "javascript:void(0);",
  "javascript:;",
  "javascript:",
  "javascript:return false",
]);

/** Media types of data addresses that only show or play something. */
const mediaTypes = [
  "image/png",
  "image/jpeg",
  "image/jpg",
  "image/gif",
  "image/webp",
  "image/svg+xml",
  "image/avif",
  "image/bmp",
  "image/x-icon",
  "image/vnd",
  "audio/",
  "video/",
  "font/",
  "application/font",
  "application/x-font",
  "application/pdf",
  "text/plain",
  "text/csv",
  "application/json",
  "application/octet-stream",
];

/** A data address in a link or frame that is neither media nor a plain download. */
export function isOddDataUrl(text: string): boolean {
  const url = canonicalUrl(text);
  return url.startsWith("data:") && !mediaTypes.some((type) => url.startsWith(type, 5));
}

/** Whether the scheme of an address is spelled so that a filter does not see it. */
export function isDisguised(text: string, scheme: string): boolean {
  return !text.slice(0, headLengthMax).toLowerCase().includes(scheme);
}

/** A data address whose content a browser renders as a page or runs. */
export function findDocumentUrl(text: string): ScriptUrl | undefined {
  const url = canonicalUrl(text);
  if (!url.startsWith("data:")) return undefined;
  const type = documentTypes.find((name) => url.startsWith(name, 5));
  if (type === undefined && !url.startsWith(",", 5) && !url.startsWith(";base64,", 5)) {
    return undefined;
  }
  return { scheme: `data:${type ?? ""}`, rest: url.slice(5 + (type?.length ?? 0)) };
}

/** Lower case, without what browsers drop: leading control characters, tabs, line ends, NUL. */
function canonicalUrl(text: string): string {
  const decoded = decodeCharacterReferences(text.slice(0, headLengthMax));
  const unescaped = decoded.includes("%") ? decodePercents(decoded) : decoded;
  let start = 0;
  while (start < unescaped.length && isDropped(unescaped.charCodeAt(start))) start++;
  let url = "";
  for (let at = start; at < unescaped.length; at++) {
    const code = unescaped.charCodeAt(at);
    if (code > 0x1f && code !== 0xfffd) url += unescaped.charAt(at);
  }
  // A backslash inside was dropped by some; `java\0script` lost its NUL above.
  return url.replaceAll("\\", "").toLowerCase();
}

/** `javascript%3Aalert` does not run, but frameworks that decode once more make it run. */
function decodePercents(text: string): string {
  return text.replaceAll(/%(?:3a|09|0a|0d|00)/gi, (code) =>
    String.fromCharCode(Number.parseInt(code.slice(1), 16)),
  );
}

function isDropped(code: number): boolean {
  return code <= 0x20 || (code >= 0x2000 && code <= 0x200d) || wideSpaces.includes(code);
}

const wideSpaces: readonly number[] = [
  0xa0, 0xfeff, 0x3000, 0x1680, 0x180e, 0x2028, 0x2029, 0x202f, 0x205f,
];
