import {
  certainEtcFiles,
  certainLeaves,
  certainProcFiles,
  hiddenNames,
  likelyLeaves,
  ordinaryRoots,
  rootFolders,
  serverLogs,
} from "./target-table.ts";

/** How sure it is that a path names something no honest client asks for. */
export type TargetRank = "certain" | "likely" | "none";

/** Ranks the end of a path after it climbed: the start of the path is unknown. */
export function rankClimbTarget(segments: readonly string[]): TargetRank {
  const names = plainNames(segments);
  const leaf = names.at(-1) ?? "";
  if (certainLeaves.has(leaf)) return "certain";
  const direct = rankAbsolute(names, false);
  if (direct !== "none") return "certain";
  if (likelyLeaves.has(leaf) || names.some((name) => isHiddenName(name))) return "likely";
  return "none";
}

/** Ranks a path from the root of a file system or of a drive. */
export function rankAbsolute(segments: readonly string[], drive: boolean): TargetRank {
  const all = plainNames(segments);
  // Vite's development server serves the whole file system below this name.
  const names = all[0] === "@fs" ? all.slice(1) : all;
  const [first = ""] = names;
  const leaf = names.at(-1) ?? "";
  if (isCertainSystemFile(names)) return "certain";
  if (certainLeaves.has(leaf) || names.some((name) => isHiddenName(name))) return "certain";
  const rank = rankFolder(names);
  const ordinary = !drive && ordinaryRoots.has(first) && !isDeepRoot(first, names);
  if (rank !== "none" && !ordinary) return rank;
  if (names.length < 2) return "none";
  if (serverLogs.has(leaf)) return "likely";
  return rank !== "none" && likelyLeaves.has(leaf) ? "likely" : "none";
}

function isCertainSystemFile([first, second = ""]: readonly string[]): boolean {
  if (first === "etc") return certainEtcFiles.has(second);
  return first === "proc" && (certainProcFiles.has(second) || isNumber(second));
}

/** Ranks a value without any root: `.git/config`, `WEB-INF/web.xml`, `boot.ini`. */
export function rankRelative(segments: readonly string[]): TargetRank {
  const names = plainNames(segments);
  const leaf = names.at(-1) ?? "";
  // A word alone may be the name of a field; a file has an ending or a folder.
  const isFile = names.length > 1 || leaf.includes(".");
  if (isFile && certainLeaves.has(leaf)) return "likely";
  if (names.some((name) => isHiddenName(name) && (isFile || ".@".includes(name.charAt(0)))))
    return "likely";
  const [first = ""] = names;
  const fromRoot = first === "etc" || first === "proc" || first === "windows" || first === "winnt";
  return fromRoot && rankAbsolute(segments, true) === "certain" ? "likely" : "none";
}

function plainNames(segments: readonly string[]): readonly string[] {
  return segments.map((segment) => {
    const end = endOfName(segment);
    return end === segment.length ? segment : segment.slice(0, end);
  });
}

/** A NUL, a path parameter, a query or trailing space ends a name for the function that opens it. */
function endOfName(segment: string): number {
  let end = segment.length;
  for (const mark of ["\0", ";", "?"]) {
    const at = segment.indexOf(mark);
    if (at > 0 && at < end) end = at;
  }
  while (end > 1 && segment.charCodeAt(end - 1) === 0x20) end--;
  return end;
}

/** `.env`, `.env.production`, `.git`. */
function isHiddenName(name: string): boolean {
  return hiddenNames.has(name) || name.startsWith(".env.");
}

function rankFolder(names: readonly string[]): TargetRank {
  let prefix = "";
  for (const name of names.slice(0, 5)) {
    prefix = prefix === "" ? name : `${prefix}/${name}`;
    const rank = rootFolders.get(prefix);
    if (rank !== undefined) return names.length === 1 && !isOwnTarget(prefix) ? "none" : rank;
  }
  return "none";
}

/** `/etc` alone is a folder listing; `/etc/x` asks for a file. */
function isOwnTarget(prefix: string): boolean {
  return prefix.includes("/");
}

/** `/etc/x`, `/proc/x` and `/root/.x` are files of the host even though routes may begin so. */
function isDeepRoot(first: string, names: readonly string[]): boolean {
  const second = names[1] ?? "";
  if (first === "etc" || first === "proc") return names.length > 1;
  if (first === "root") return second.startsWith(".") || second === "anaconda-ks.cfg";
  if (first === "windows" || first === "system32")
    return names.length > 1 && second.includes("system");
  return false;
}

function isNumber(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return false;
  }
  return text.length > 0;
}
