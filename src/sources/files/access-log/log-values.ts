import ipaddr from "ipaddr.js";

/** `-` and empty stand for "not there" in every log. */
export function present(text: string | undefined): string | undefined {
  return text === undefined || text === "" || text === "-" ? undefined : text;
}

const months: readonly string[] = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");

/** The time of an access log: `10/Oct/2000:13:55:36 -0700`, ISO 8601, or epoch seconds or milliseconds. */
export function logTimeOf(value: unknown): number | undefined {
  if (typeof value === "number") return epochTimeOf(value);
  if (typeof value !== "string" || value.length > 40) return undefined;
  const common =
    /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(?: ([+-]\d{2}):?(\d{2}))?$/.exec(
      value,
    );
  if (common !== null) {
    const [, day, name, year, time, hours = "+00", minutes = "00"] = common;
    const month = String(months.indexOf(name ?? "") + 1).padStart(2, "0");
    return finite(Date.parse(`${year}-${month}-${day}T${time}${hours}:${minutes}`));
  }
  if (/^\d{9,13}(?:\.\d{1,9})?$/.test(value)) return epochTimeOf(Number(value));
  // Nothing else: the runtime's parser reads a date into almost any number.
  return /^\d{4}-\d{2}-\d{2}[T ]\d{2}:/.test(value) ? finite(Date.parse(value)) : undefined;
}

function epochTimeOf(value: number): number | undefined {
  // Before 2001 it is a duration.
  if (!Number.isFinite(value) || value < 1e9) return undefined;
  // Seconds reach this in the year 5138, milliseconds had it in 1973.
  return Math.round(value < 1e11 ? value * 1_000 : value);
}

function finite(timeMs: number): number | undefined {
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

/** The first address of a list such as X-Forwarded-For, without its port. */
export function addressOf(text: string | undefined): string | undefined {
  const first = present(text?.split(",", 1)[0]?.trim());
  if (first === undefined) return undefined;
  const bracketed = /^\[([0-9a-fA-F:.]{2,45})\](?::\d{1,5})?$/.exec(first)?.[1];
  if (bracketed !== undefined) return bracketed;
  if (ipaddr.isValid(first)) return first;
  const address = /^([0-9.]{7,15}):\d{1,5}$/.exec(first)?.[1];
  return address ?? (first.length <= 253 ? first : undefined);
}

/** Splits `GET /path HTTP/1.1`; clients may have put spaces into the target. */
export function requestLineOf(
  text: string,
): { method: string; target: string; httpVersion?: string } | undefined {
  const methodEnd = text.indexOf(" ");
  const method = text.slice(0, methodEnd);
  if (methodEnd < 1 || !/^[A-Za-z][A-Za-z-]{1,31}$/.test(method)) return undefined;
  const rest = text.slice(methodEnd + 1);
  const versionStart = rest.lastIndexOf(" ");
  const httpVersion = versionStart < 0 ? undefined : httpVersionOf(rest.slice(versionStart + 1));
  const target = (httpVersion === undefined ? rest : rest.slice(0, versionStart)).trim();
  if (target !== "*" && !target.startsWith("/") && !target.includes("://")) return undefined;
  return { method, target, ...(httpVersion === undefined ? {} : { httpVersion }) };
}

/** `HTTP/1.1`, `HTTP/2.0`, `h2` as versions of the model. */
export function httpVersionOf(text: string | undefined): string | undefined {
  const version = /^(?:HTTP\/|h)([123](?:\.\d)?)$/i.exec(text ?? "")?.[1];
  if (version === undefined) return undefined;
  return version.startsWith("1") ? version : version.slice(0, 1);
}
