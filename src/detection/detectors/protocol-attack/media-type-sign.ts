import { charsetKindOf } from "./charset-table.ts";
import { type ProtocolSign, sign } from "./protocol-sign.ts";

/** A longer value is judged by its beginning. */
const readCharsMax = 1024;

/** What a `Content-Type` (RFC 9110, section 8.3) does to make readers disagree about a body. */
export function mediaTypeSign(value: string): ProtocolSign | undefined {
  const [type = "", ...parameters] = value.slice(0, readCharsMax).split(";");
  return typeSign(type.trim()) ?? parametersSign(parameters);
}

/** A charset asked for in `Accept`, which has no such parameter. */
export function acceptCharsetSign(value: string): ProtocolSign | undefined {
  for (const part of value.slice(0, readCharsMax).toLowerCase().split("charset=").slice(1)) {
    const label = labelOf(part);
    if (charsetKindOf(label) !== "usual" || label.startsWith("utf-16"))
      return sign(
        "medium",
        `The header asks for an answer in the charset "${label}", in which what the answer quotes looks like nothing to filters and becomes a script in a browser.`,
      );
  }
  return undefined;
}

/** The value of a part's or a form's own charset. */
export function charsetSign(label: string): ProtocolSign | undefined {
  const plain = labelOf(label.toLowerCase());
  if (charsetKindOf(plain) === "usual") return undefined;
  return sign(
    "medium",
    `The charset "${plain}" makes whoever honours it read another text than whoever does not.`,
  );
}

function typeSign(type: string): ProtocolSign | undefined {
  if (type.includes(","))
    return sign(
      "medium",
      "The request says twice, and differently, what its body is: whoever takes the other one reads another body.",
    );
  const slash = type.indexOf("/");
  if (slash > 0 && slash < type.length - 1 && isToken(type.replace("/", ""))) return undefined;
  // Old clients send nothing, or one word.
  if (type === "" || /^[a-z]{1,12}$/i.test(type)) return sign("low", `"${type}" is no media type.`);
  return sign(
    "medium",
    "The header is no media type: a parser that guesses at it is led to read the body, or the header itself, as the client wants.",
  );
}

function parametersSign(parameters: readonly string[]): ProtocolSign | undefined {
  const seen = new Set<string>();
  for (const parameter of parameters) {
    const equals = parameter.indexOf("=");
    const name = (equals < 0 ? parameter : parameter.slice(0, equals)).trim().toLowerCase();
    if (name === "") continue;
    if (equals < 0) {
      // `application/json; utf-8` is a common mistake.
      if (charsetKindOf(name) === "usual") continue;
      return sign("medium", `The media type has a parameter without a value ("${name}").`);
    }
    if (seen.has(name))
      return sign(
        "medium",
        `The media type names its ${name} twice: parsers take the first, or the last.`,
      );
    seen.add(name);
    const found = parameterSign(name, unquoted(parameter.slice(equals + 1)));
    if (found !== undefined) return found;
  }
  return undefined;
}

function parameterSign(name: string, value: string): ProtocolSign | undefined {
  if (name === "charset") return charsetSign(value);
  if (name !== "boundary") return undefined;
  const lower = value.toLowerCase();
  if (!lower.includes("charset=") && !isMediaType(lower)) return undefined;
  return sign(
    "medium",
    "The boundary looks like another media type to a parser that searches the header.",
  );
}

const topTypes: readonly string[] = [
  "application/",
  "text/",
  "multipart/",
  "image/",
  "audio/",
  "video/",
];

function isMediaType(text: string): boolean {
  const slash = text.indexOf("/");
  return (
    topTypes.some((type) => text.startsWith(type)) ||
    (slash > 0 && isLetters(text.replace("/", "")))
  );
}

function labelOf(text: string): string {
  const label = text.trimStart();
  let at = 0;
  while (at < label.length && !";, ".includes(label.charAt(at))) at++;
  return unquoted(label.slice(0, at));
}

function unquoted(text: string): string {
  const plain = text.trim();
  const isQuoted = plain.length > 1 && (plain.startsWith('"') || plain.startsWith("'"));
  return (isQuoted ? plain.slice(1, -1) : plain).trim().toLowerCase();
}

function isLetters(text: string): boolean {
  return /^[a-z]+$/.test(text);
}

/** RFC 9110, section 5.6.2. */
function isToken(text: string): boolean {
  return /^[\w!#$&^.+-]+$/.test(text);
}
