import { addressOf } from "../server-side-request-forgery/address-notation.ts";

/** Where a browser goes that is sent to a value. */
export interface BrowserTarget {
  /** Lower case, wide characters made plain; without user part and port. */
  readonly host: string;
  readonly form: "absolute" | "scheme-relative" | "glued";
  /** Spellings that only somebody chooses who wants to pass a check of the address. */
  readonly tricks: readonly string[];
  /** Whether words follow, as in a comment or a text. */
  readonly isText: boolean;
  readonly start: number;
  readonly end: number;
}

/** Also what credentials of a feed look like. */
export const userPart = "a user part";
/** Also what lines of a text look like. */
export const droppedSigns = "tabs or line ends that browsers drop";

/** An address that steers a browser away shows it this early. */
const readCharsMax = 1024;
const slashesMax = 16;

/**
 * Reads a value the way browsers read the header `Location` (WHATWG URL): white space before it and
 * tabs and line ends within it are dropped, backslashes are slashes, their number does not matter.
 */
export function browserTargetOf(value: string): BrowserTarget | undefined {
  let start = 0;
  while (start < value.length && value.charCodeAt(start) <= 0x20) start++;
  const read = value.slice(start, start + readCharsMax);
  const text = withoutDropped(read);
  const lead = leadOf(text);
  if (lead === undefined) return undefined;
  const end = authorityEnd(text, lead.end);
  const authority = text.slice(lead.end, end);
  const host = hostOf(authority);
  if (!isHost(host)) return undefined;
  const tricks = [
    ...lead.tricks,
    ...authorityTricks(authority, text.slice(end, end + 24)),
    ...(isDroppedBefore(read, end) ? [droppedSigns] : []),
  ];
  return { host, form: lead.form, tricks, isText: hasSpace(read, end), start, end: value.length };
}

interface Lead {
  readonly form: BrowserTarget["form"];
  readonly tricks: readonly string[];
  readonly end: number;
}

/** What stands before the host: slashes, a scheme, slashes. */
function leadOf(text: string): Lead | undefined {
  const before = slashesEnd(text, 0);
  const scheme = schemes.find((name) => startsWithScheme(text, before, name));
  if (scheme !== undefined) {
    const from = before + scheme.length;
    const end = slashesEnd(text, from);
    const tricks = slashTricks(text.slice(from, end), "//");
    if (before > 0) tricks.push("slashes before the scheme");
    return { form: "absolute", tricks, end };
  }
  if (before >= 2) {
    const slashes = text.slice(0, before);
    return { form: "scheme-relative", tricks: slashTricks(slashes, "//"), end: before };
  }
  // `https://shop.example` with `@evil.example` or `.evil.example` behind it.
  const first = text.charCodeAt(0);
  if (first === 0x40 || (first === 0x2e && isLetter(text.charCodeAt(1)))) {
    return { form: "glued", tricks: [], end: 1 };
  }
  return undefined;
}

const schemes: readonly string[] = ["http:", "https:", "ftp:"];

function startsWithScheme(text: string, at: number, scheme: string): boolean {
  return text.slice(at, at + scheme.length).toLowerCase() === scheme;
}

function slashTricks(slashes: string, usual: string): string[] {
  if (slashes.includes("\\")) return ["backslashes that browsers read as slashes"];
  return slashes === usual ? [] : [`${slashes.length} slashes before the host`];
}

function slashesEnd(text: string, from: number): number {
  let at = from;
  while (at < from + slashesMax && (text[at] === "/" || text[at] === "\\")) at++;
  return at;
}

function authorityEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && !"/\\?#\"'<> ".includes(text.charAt(at))) at++;
  return at;
}

function authorityTricks(authority: string, rest: string): string[] {
  const tricks: string[] = [];
  const at = authority.lastIndexOf("@");
  if (at > 0)
    tricks.push(looksLikeHost(authority.slice(0, at)) ? "another host before an @" : userPart);
  if (addressOf(hostOf(authority))?.isDisguised === true)
    tricks.push("a notation of the address that filters do not know");
  if (authority.includes("%")) tricks.push("an encoded host");
  if (hasWideCharacter(authority)) tricks.push("wide characters in the host");
  if (rest.startsWith("\\") || rest.startsWith("?@") || rest.startsWith("#@"))
    tricks.push("a second host behind the first");
  const path = rest.toLowerCase();
  if (climbs.some((climb) => path.startsWith(climb))) tricks.push("a climb right behind the host");
  return tricks;
}

/** `www.shop.example`, without a password. */
function looksLikeHost(user: string): boolean {
  const dot = user.lastIndexOf(".");
  return dot > 0 && dot < user.length - 2 && !user.includes(":") && isName(user);
}

function hasSpace(text: string, from: number): boolean {
  const end = lastVisible(text);
  for (let at = from; at < end; at++) if (text.charCodeAt(at) <= 0x20) return true;
  return false;
}

function lastVisible(text: string): number {
  let at = text.length;
  while (at > 0 && text.charCodeAt(at - 1) <= 0x20) at--;
  return at;
}

const climbs: readonly string[] = ["/..", "/%2f..", "/%2f%2e", "/%2e%2e", "/%5c"];

function hasWideCharacter(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x3002 || (code >= 0xff00 && code <= 0xffef)) return true;
  }
  return false;
}

function hostOf(authority: string): string {
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  const plain = host.replaceAll("\u3002", ".").normalize("NFKC").toLowerCase();
  if (plain.startsWith("[")) return plain.slice(0, plain.indexOf("]") + 1);
  const colon = plain.indexOf(":");
  const name = colon < 0 ? plain : plain.slice(0, colon);
  return name.endsWith(".") ? name.slice(0, -1) : name;
}

/** A name with a dot and letters behind it, or an address in any notation. */
function isHost(host: string): boolean {
  const dot = host.lastIndexOf(".");
  const ending = host.slice(dot + 1);
  if (dot > 0 && ending.length >= 2 && isLetter(ending.charCodeAt(0)) && isName(host)) return true;
  return host.length > 6 && addressOf(host) !== undefined;
}

function isName(host: string): boolean {
  for (let at = 0; at < host.length; at++) {
    const code = host.charCodeAt(at);
    const isPlain = isLetter(code) || (code >= 0x30 && code <= 0x39) || code === 0x2d;
    if (!isPlain && code !== 0x2e && code !== 0x5f && code <= 0x7f) return false;
  }
  return !host.includes("..");
}

function isLetter(code: number): boolean {
  const letter = code | 0x20;
  return (letter >= 0x61 && letter <= 0x7a) || code > 0x7f;
}

function withoutDropped(text: string): string {
  return text.replaceAll("\t", "").replaceAll("\n", "").replaceAll("\r", "");
}

/** Whether something was dropped before the end of the host: further on, lines of a text end. */
function isDroppedBefore(read: string, end: number): boolean {
  for (let at = 0; at < end && at < read.length; at++) {
    const code = read.charCodeAt(at);
    if (code === 0x09 || code === 0x0a || code === 0x0d) return true;
  }
  return false;
}
