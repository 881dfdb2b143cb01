/** The parts of an address that decide which host is asked. */
export interface WebAddress {
  /** Lower case, without its colon; empty for `//host`. */
  readonly scheme: string;
  readonly host: string;
  readonly userinfo: string;
  /** From the path on. */
  readonly rest: string;
  readonly start: number;
  readonly end: number;
  /** Signs between scheme and path that parsers read differently, such as a backslash. */
  readonly tricks: readonly string[];
}

/** Longer authorities are cut. */
const authorityCharsMax = 512;
const schemeCharsMax = 16;
/** More addresses of one value are not read. */
const addressesMax = 12;

/** Finds the addresses of a value: at its start in any spelling, later ones by their `://`. */
export function addressesIn(value: string): readonly WebAddress[] {
  const found: WebAddress[] = [];
  const first = addressAt(value, firstVisible(value));
  if (first !== undefined) found.push(first);
  let at = value.indexOf("://", first === undefined ? 0 : first.start + schemeCharsMax);
  while (at >= 0 && found.length < addressesMax) {
    const address = addressAt(value, schemeStart(value, at));
    if (address !== undefined) found.push(address);
    at = value.indexOf("://", at + 3);
  }
  return found;
}

function firstVisible(value: string): number {
  let at = 0;
  while (at < value.length && (value.charCodeAt(at) <= 0x20 || "\"'<([".includes(value.charAt(at))))
    at++;
  return at;
}

function schemeStart(value: string, colon: number): number {
  let at = colon;
  while (at > 0 && at > colon - schemeCharsMax && isSchemeCode(value.charCodeAt(at - 1))) at--;
  return at;
}

function addressAt(value: string, start: number): WebAddress | undefined {
  let at = start;
  while (at < start + schemeCharsMax && isSchemeCode(value.charCodeAt(at))) at++;
  const hasScheme = at > start && value.charCodeAt(at) === 0x3a;
  const scheme = hasScheme ? value.slice(start, at).toLowerCase() : "";
  if (hasScheme) at++;
  else at = start;
  const slashes = slashesEnd(value, at);
  if (!hasScheme && slashes - at < 2) return undefined;
  // `jar:http://…`, and `mailto:x` or `id:12`, which are no addresses of hosts.
  if (hasScheme && slashes - at < 2 && !looseSchemes.has(scheme)) return undefined;
  return readAuthority(value, start, slashes, scheme, value.slice(at, slashes));
}

/** Browsers and some libraries read `http:host` and `http:\\host` as `http://host`. */
const looseSchemes: ReadonlySet<string> = new Set(["http", "https", "ftp"]);

function readAuthority(
  value: string,
  start: number,
  from: number,
  scheme: string,
  slashes: string,
): WebAddress | undefined {
  const max = Math.min(value.length, from + authorityCharsMax);
  let end = from;
  while (end < max && !isAuthorityEnd(value.charCodeAt(end))) end++;
  const authority = value.slice(from, end);
  const at = authority.lastIndexOf("@");
  const hostPort = authority.slice(at + 1);
  const host = withoutPort(
    hostPort.includes("\\") ? hostPort.slice(0, hostPort.indexOf("\\")) : hostPort,
  );
  if (host === "" && !authority.includes("\\")) return undefined;
  const tail = addressEnd(value, end);
  return {
    scheme,
    host: host.toLowerCase(),
    userinfo: at < 0 ? "" : authority.slice(0, at),
    rest: value.slice(end, tail),
    start,
    end: tail,
    tricks: tricksOf(slashes, authority, value.slice(end, Math.min(tail, end + 64))),
  };
}

function tricksOf(slashes: string, authority: string, rest: string): readonly string[] {
  const tricks: string[] = [];
  if (authority.includes("\\")) tricks.push("a backslash in the host");
  if (slashes.includes("\\")) tricks.push("backslashes instead of slashes");
  if (slashes.length > 3) tricks.push("more slashes than needed");
  if (authority.split("@").length > 2) tricks.push("several @");
  if (/%0[09ad]|%5c|%2f|%23|%40/i.test(authority)) tricks.push("encoded delimiters in the host");
  if (/^[#?]\\?@/.test(rest)) tricks.push("a second host behind #@");
  return tricks;
}

function withoutPort(hostPort: string): string {
  const bracket = hostPort.startsWith("[") ? hostPort.indexOf("]") : -1;
  if (bracket >= 0) return hostPort.slice(0, bracket + 1);
  const colon = hostPort.indexOf(":");
  return colon < 0 ? hostPort : hostPort.slice(0, colon);
}

function slashesEnd(value: string, from: number): number {
  let at = from;
  while (
    at < value.length &&
    at < from + 16 &&
    (value.charCodeAt(at) === 0x2f || value.charCodeAt(at) === 0x5c)
  )
    at++;
  return at;
}

function addressEnd(value: string, from: number): number {
  let at = from;
  while (at < value.length && value.charCodeAt(at) > 0x20 && !"\"'<>`|".includes(value.charAt(at)))
    at++;
  return at;
}

function isSchemeCode(code: number): boolean {
  const letter = code | 0x20;
  return (
    (letter >= 0x61 && letter <= 0x7a) ||
    (code >= 0x30 && code <= 0x39) ||
    code === 0x2b ||
    code === 0x2d ||
    code === 0x2e
  );
}

function isAuthorityEnd(code: number): boolean {
  return (
    code <= 0x20 ||
    code === 0x2f ||
    code === 0x3f ||
    code === 0x23 ||
    "\"'<>`|,;)(!".includes(String.fromCharCode(code))
  );
}
