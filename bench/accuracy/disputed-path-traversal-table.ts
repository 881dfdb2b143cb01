import type { Dispute } from "./disputed-table.ts";

const cls = "path-traversal";
const corpora = ["fuzzdb", "payloadsallthethings", "httpparams"] as const;

/** Cases of path traversal that leave no folder and name no file of the host. */
export const pathTraversalDisputes: readonly Dispute[] = [
  ...corpora.flatMap((corpus): Dispute[] => [
    {
      corpus,
      cls,
      reason:
        "A pattern that stays where it is: slashes, single dots, one segment of three dots or more, or letters before the place of a file's name. No file system leaves the folder for it.",
      matches: (_id, payload) => staysInside(payload),
    },
    {
      corpus,
      cls,
      reason:
        "The address of a page or script of a website, or the name of a file that any application may have: it is opened or not by the application's own rules, and no path is changed.",
      matches: (_id, payload) =>
        /^(?!config\.inc|\/(?:etc|var|usr)\/)\/?(?:[\w-]+\/){0,2}[\w.-]+\.(?:php|js|asp|dat|css|txt)(?: a)?$/.test(
          payload,
        ) || /^(?:passwd|\.pass|Statement|\/wp-content\/plugins|admin\/access_log)$/.test(payload),
    },
    {
      corpus,
      cls,
      reason: "A path whose backslashes or dots were lost in the list: it names nothing.",
      matches: (_id, payload) =>
        /^(?:web-infweb\.xml|d:inetpubwww|c:windowswin|file:\/c:oot|\.{4,}(?:etcpasswd|oot|web-inf))/.test(
          payload,
        ) || /0x2ex2e/.test(payload),
    },
    {
      corpus,
      cls,
      reason: "Typographic dots and quotes, or a comment of the list's author.",
      matches: (_id, payload) => /[…“”]/.test(payload) || /^#(?: |$)/.test(payload),
    },
    {
      corpus,
      cls,
      reason: "A placeholder for the name of a session, or a folder that every system has.",
      matches: (_id, payload) =>
        /<sessid>$|^\/[CD]:\\Program Files\\$|\/htdocs\/$|\(5,6 or 7\)$/.test(payload),
    },
  ]),
  {
    corpus: "payloadsallthethings",
    cls,
    reason: "One conversion of a filter chain, without the `php://filter` that would apply it.",
    matches: (_id, payload) => payload.startsWith("convert.iconv."),
  },
  {
    corpus: "crs-regression",
    cls,
    reason:
      "A command line as a value (command injection), a redirection, or the route of a page whose segments are called like folders or logs.",
    matches: (id) => notPaths.has(id),
  },
];

const notPaths: ReadonlySet<string> = new Set(
  "930120-7 930120-8 930120-9 930130-1 930130-2 930130-6 930130-7 930130-8 930130-9"
    .split(" ")
    .map((id) => `crs:${id}`),
);

/** Without two dots side by side, except in one segment of three or more. */
function staysInside(payload: string): boolean {
  const path = payload.replace(/\{file\}$/i, "");
  if (path === payload && !/^[./\\]+$/.test(payload)) return false;
  if (!/^[./\\i]*$/.test(path)) return false;
  const segments = path.split(/[/\\]/).filter((segment) => /^\.\.+$/.test(segment));
  const escaped = path.includes(".\\.") && !path.includes("./");
  return segments.length < 2 && !segments.includes("..") && !escaped;
}
