/** What a file name says about what a web server would do with the file. */
export interface FileNameReading {
  /** The executable ending in lower case, with its dot. */
  readonly ending: string;
  /** How the ending is hidden from who checks it; empty when it is shown. */
  readonly trick: string;
}

const nameCharsMax = 255;

/** Reads a file name as a careless web server does, and finds an ending that it would run. */
export function executableNameIn(fileName: string): FileNameReading | undefined {
  const cut = cutName(fileName.slice(-nameCharsMax));
  const [stem = "", ...endings] = cut.name.split(".");
  const last = endings.at(-1) ?? "";
  const plain = last.toLowerCase();
  if (executableEndings.has(plain)) return readingOf(plain, lastTrick(last, cut.trick, endings));
  // Apache runs a file by any of its endings; who checks looks at the last.
  const hidden = endings.slice(0, -1).find((ending) => apacheEndings.has(ending.toLowerCase()));
  const isHarmless = harmlessEndings.has(plain);
  if (hidden !== undefined && stem !== "" && isHarmless)
    return readingOf(hidden.toLowerCase(), "before a harmless last one");
  return undefined;
}

function readingOf(ending: string, trick: string): FileNameReading {
  return { ending: `.${ending}`, trick };
}

function lastTrick(last: string, cutTrick: string, endings: readonly string[]): string {
  if (cutTrick !== "") return cutTrick;
  const before = endings.at(-2)?.toLowerCase() ?? "";
  if (harmlessEndings.has(before)) return "behind a harmless one";
  const isMixed = last !== last.toLowerCase() && last !== last.toUpperCase();
  return isMixed ? "in mixed case" : "";
}

/** Cuts what servers and file systems drop: a NUL and all behind it, streams, dots and spaces at the end. */
function cutName(fileName: string): { readonly name: string; readonly trick: string } {
  let name = fileName.slice(Math.max(fileName.lastIndexOf("/"), fileName.lastIndexOf("\\")) + 1);
  let trick = "";
  if (name === "" && fileName.endsWith("/")) {
    name = fileName.slice(fileName.lastIndexOf("/", fileName.length - 2) + 1, -1);
    trick = "before a slash";
  }
  for (const [mark, what] of cuts) {
    const at = name.toLowerCase().indexOf(mark);
    if (at <= 0) continue;
    name = name.slice(0, at);
    trick = what;
  }
  const visible = withoutEnd(name);
  return {
    name: visible,
    trick: trick === "" && visible !== name ? "before a dot or space at the end" : trick,
  };
}

const cuts: readonly (readonly [mark: string, what: string])[] = [
  ["\0", "before a NUL byte"],
  ["%00", "before a NUL byte"],
  ["\n", "before a line end"],
  ["\r", "before a line end"],
  ["::$", "before the name of a stream"],
  [";.", "before a semicolon"],
];

function withoutEnd(name: string): string {
  let end = name.length;
  while (end > 0 && (name.charCodeAt(end - 1) <= 0x20 || name[end - 1] === ".")) end--;
  return name.slice(0, end);
}

/** Endings that servers map to an interpreter. */
const executableEndings: ReadonlySet<string> = new Set(
  (
    "php php2 php3 php4 php5 php6 php7 php8 pht phtm phtml phar pgif inc-php jsp jspx jspf jspa jsw jsv jhtml wss do-jsp " +
    "asp aspx asa ascx ashx asmx axd cer cdx cshtml vbhtml rem soap cfm cfml cfc dbm shtml shtm stm pl cgi fcgi war"
  ).split(" "),
);

const apacheEndings: ReadonlySet<string> = new Set(
  "php php3 php4 php5 php7 php8 phtml phar jsp asp aspx cgi pl shtml".split(" "),
);

const harmlessEndings: ReadonlySet<string> = new Set(
  "jpg jpeg png gif webp bmp ico svg tif tiff pdf txt csv doc docx xls xlsx zip gz mp3 mp4 wav avi mov json xml html htm blah xxxjpg test 123".split(
    " ",
  ),
);
