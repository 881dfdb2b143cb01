/**
 * Whether a header is one that servers and intermediaries read and applications do not, and holds
 * what it holds in ordinary requests. Others are fields: applications read them, or their value
 * says something about the message that deserves a look.
 */
export function isOrdinaryProtocolHeader(name: string, value: string): boolean {
  if (!protocolHeaders.has(name) || !isProtocolValue(value)) return false;
  switch (name) {
    case "content-type":
      return isOrdinaryMediaType(value);
    case "connection":
      return ordinaryConnections.has(value.toLowerCase());
    case "range":
      return !value.includes(",");
    case "accept":
      return !value.includes("charset");
    case "content-length":
      return isDigits(value);
    case "transfer-encoding":
      return value.toLowerCase() === "chunked";
    case "content-encoding":
      return ordinaryCodings.has(value.toLowerCase());
    default:
      return true;
  }
}

/** A type and a subtype, with nothing behind them but UTF-8 or a boundary. */
function isOrdinaryMediaType(value: string): boolean {
  const semicolon = value.indexOf(";");
  const type = semicolon < 0 ? value : value.slice(0, semicolon);
  const slash = type.indexOf("/");
  if (slash <= 0 || slash >= type.length - 1 || type.includes(",")) return false;
  if (semicolon < 0) return true;
  const parameter = value
    .slice(semicolon + 1)
    .trim()
    .toLowerCase();
  if (ordinaryCharsets.has(parameter)) return true;
  return (
    parameter.startsWith("boundary=") &&
    !parameter.includes(";") &&
    !parameter.includes("/") &&
    !parameter.includes(" ") &&
    !parameter.includes("charset")
  );
}

const ordinaryCharsets: ReadonlySet<string> = new Set([
  "charset=utf-8",
  'charset="utf-8"',
  "charset=utf8",
]);

const ordinaryConnections: ReadonlySet<string> = new Set([
  "keep-alive",
  "close",
  "upgrade",
  "keep-alive, upgrade",
  "te",
]);

const ordinaryCodings: ReadonlySet<string> = new Set(["gzip", "deflate", "br", "zstd", "identity"]);

function isDigits(value: string): boolean {
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code < 0x30 || code > 0x39) return false;
  }
  return value !== "";
}

/** Headers that servers and intermediaries read and applications do not. */
const protocolHeaders: ReadonlySet<string> = new Set([
  "accept",
  "accept-charset",
  "accept-encoding",
  "accept-language",
  "access-control-request-headers",
  "access-control-request-method",
  "cache-control",
  "connection",
  "content-encoding",
  "content-length",
  "content-type",
  "date",
  "dnt",
  "expect",
  "host",
  "if-modified-since",
  "if-none-match",
  "if-unmodified-since",
  "keep-alive",
  "pragma",
  "priority",
  "range",
  "sec-ch-ua",
  "sec-ch-ua-mobile",
  "sec-ch-ua-platform",
  "sec-fetch-dest",
  "sec-fetch-mode",
  "sec-fetch-site",
  "sec-fetch-user",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "upgrade-insecure-requests",
]);

const protocolCharacters: Uint8Array = new Uint8Array(128);
for (const character of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789 ,;=.*/+_:-?"') {
  protocolCharacters[character.charCodeAt(0)] = 1;
}

/** Longer than protocol headers are in honest requests. */
const protocolValueCharsMax = 256;

/** Whether a header value is made only of what media types, lengths and preferences are made of. */
export function isProtocolValue(value: string): boolean {
  if (value.length > protocolValueCharsMax) return false;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (protocolCharacters[code] !== 1) return false;
    // `../../etc/passwd` as a language has been an attack.
    if (code === 0x2e && value.charCodeAt(at + 1) === 0x2e) return false;
  }
  return true;
}
