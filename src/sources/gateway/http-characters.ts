/** Per byte: 1 where RFC 9110 allows it in a token (method, field name). */
const tokenCharacters: Uint8Array = tableOf(
  "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
);

/** Per byte: 1 where a host or port may have it, outside of an IPv6 literal's brackets. */
const hostCharacters: Uint8Array = tableOf(
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-._~!$&'()*+,;=%",
);

function tableOf(characters: string): Uint8Array {
  const table = new Uint8Array(256);
  for (let index = 0; index < characters.length; index += 1)
    table[characters.charCodeAt(index)] = 1;
  return table;
}

/** Where the token that begins at `start` ends; `start` itself when there is none. */
export function endOfToken(text: string, start: number): number {
  let index = start;
  while (index < text.length && tokenCharacters[text.charCodeAt(index)] === 1) index += 1;
  return index;
}

export function isToken(text: string): boolean {
  return text.length > 0 && endOfToken(text, 0) === text.length;
}

/** Whether a value is `host` or `host:port` as RFC 3986 writes it, without user information. */
export function isHost(value: string): boolean {
  if (value.startsWith("[")) {
    const close = value.indexOf("]");
    return close > 2 && isIpv6Literal(value.slice(1, close)) && isPort(value.slice(close + 1));
  }
  const colon = value.indexOf(":");
  const host = colon < 0 ? value : value.slice(0, colon);
  if (host === "" || !isPort(colon < 0 ? "" : value.slice(colon))) return false;
  for (let index = 0; index < host.length; index += 1) {
    if (hostCharacters[host.charCodeAt(index)] !== 1) return false;
  }
  return true;
}

function isPort(text: string): boolean {
  return text === "" || /^:[0-9]{1,5}$/.test(text);
}

function isIpv6Literal(text: string): boolean {
  return /^[0-9A-Fa-f:.]{2,45}$/.test(text);
}

/** The first character that a field value must not have, or -1: controls but for the tab. */
export function indexOfControl(text: string, start: number, end: number): number {
  for (let index = start; index < end; index += 1) {
    const code = text.charCodeAt(index);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f) return index;
  }
  return -1;
}
