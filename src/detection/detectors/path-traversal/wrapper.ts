/** A stream wrapper or scheme at the start of a value that a file function would open. */
export interface Wrapper {
  readonly name: string;
  /** Never in an honest value, or only where it names local files. */
  readonly certain: boolean;
}

/** Wrappers of PHP, Java and libcurl that read local files, run commands or carry code. */
const certainWrappers: readonly string[] = [
  "php://",
  "expect://",
  "phar://",
  "zip://",
  "rar://",
  "ogg://",
  "glob://",
  "ssh2.exec://",
  "ssh2.shell://",
  "compress.zlib://",
  "compress.bzip2://",
  "zlib:",
  "netdoc:",
  "data://",
  "data:;base64,",
  "data:application/x-httpd-php",
];

/** Schemes that name a local file, which a mobile client may honestly do. */
const localWrappers: readonly string[] = [
  "file:/",
  "file:\\",
  "local_file:",
  "jar:file:",
  "jar:http",
];

const wrapperLengthMax = 32;

/** The wrapper a value begins with, white space and case aside. */
export function findWrapper(value: string): Wrapper | undefined {
  if (!value.includes(":")) return undefined;
  let start = 0;
  while (start < value.length && value.charCodeAt(start) <= 0x20) start++;
  const head = value.slice(start, start + wrapperLengthMax).toLowerCase();
  if (!head.includes(":")) return undefined;
  for (const name of certainWrappers) if (head.startsWith(name)) return { name, certain: true };
  for (const name of localWrappers) if (head.startsWith(name)) return { name, certain: false };
  return undefined;
}
