import type { Body, Header } from "../../model/exchange.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** What a recorded value is not; the reader turns it into a problem of its line. */
export class Unreadable extends Error {}

export function objectOf(value: unknown, what: string): JsonObject {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as JsonObject;
  }
  throw new Unreadable(`${what} is not an object`);
}

export function textOf(value: unknown, what: string): string {
  if (typeof value === "string") return value;
  throw new Unreadable(`${what} is not a string`);
}

export function optionalText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function optionalNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

/** A status a response can have; HAR writes 0 or -1 where there was none. */
export function statusOf(value: unknown): number | undefined {
  return Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 999
    ? (value as number)
    : undefined;
}

/** A header with its name in lower case and its value trimmed; pseudo-headers of HTTP/2 are none. */
export function headerFrom(name: unknown, value: unknown): Header | undefined {
  const key = textOf(name, "a header name").trim().toLowerCase();
  return key.startsWith(":") ? undefined : [key, textOf(value, `header ${key}`).trim()];
}

export function timeOf(value: unknown): number | undefined {
  const timeMs = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

export function bodyFrom(text: unknown, encoding: unknown): Body | undefined {
  if (text === undefined || text === null || text === "") return undefined;
  const bytes = bytesOf(textOf(text, "a body"), encoding);
  return { bytes, bytesTotal: bytes.length };
}

function bytesOf(text: string, encoding: unknown): Uint8Array {
  if (encoding === "base64") return decodeBase64(text, "a body");
  if (encoding === undefined || encoding === null || encoding === "" || encoding === "utf8") {
    return Buffer.from(text, "utf8");
  }
  throw new Unreadable("a body's encoding is neither utf8 nor base64");
}

/** Node skips what is no base64 and would hand half a body to detection. */
export function decodeBase64(text: string, what: string): Uint8Array {
  const bytes = Buffer.from(text, "base64");
  const characters = text.replaceAll(/[\s=]/g, "").length;
  if (Math.floor((characters * 3) / 4) !== bytes.length)
    throw new Unreadable(`${what} is not base64`);
  return bytes;
}
