import type { Leak, ResponseFacts } from "./leak.ts";

/** Texts with which pages of servers begin, in lower case. */
export const sourceSigns: readonly string[] = [
  "<?php",
  "<?=",
  "<%@",
  "<%!",
  "<%=",
  "<cfset",
  "<cfquery",
  "<jsp:usebean",
  '<?xml version="1.0" encoding="utf-8"?>\n<configuration',
];

const windowChars = 512;

/** Code of a server page that the server sent instead of running it. */
export function sourceCodeIn(
  text: string,
  { mediaType }: ResponseFacts,
): Omit<Leak, "kind"> | undefined {
  const lower = text.toLowerCase();
  for (const sign of sourceSigns) {
    const start = lower.indexOf(sign);
    if (start < 0) continue;
    const code = lower.slice(start, start + windowChars);
    if (!codeMarks.some((mark) => code.includes(mark))) continue;
    const isFirst = text.slice(0, start).trim() === "";
    const end = Math.min(text.length, start + sign.length + 32);
    return {
      confidence: confidenceOf(isFirst, mediaType),
      start,
      end,
      what: "the source code of a page",
    };
  }
  return undefined;
}

const codeMarks: readonly string[] = [
  "$",
  "page ",
  "page\t",
  "import",
  "include",
  "require",
  "function",
  "echo",
  "request",
  "response",
  "session",
  "= ",
  "name=",
  "datasource",
  "namespace",
  "appsettings",
  "connectionstrings",
];

/** Documents and APIs carry code as content; a page of HTML that holds it is one that did not run. */
function confidenceOf(isFirst: boolean, mediaType: string | undefined): Leak["confidence"] {
  const isPage =
    mediaType === undefined || mediaType === "text/html" || mediaType === "application/xhtml+xml";
  if (isPage) return isFirst ? "high" : "medium";
  return isFirst && mediaType === "text/plain" ? "medium" : "low";
}
