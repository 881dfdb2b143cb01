import { isIP, isIPv4, isIPv6 } from "node:net";

type Format =
  | { readonly type: "string"; readonly validate: (value: string) => boolean }
  | { readonly type: "number"; readonly validate: (value: number) => boolean };

/** Longer values are none of these formats, and none of the checks looks at more. */
const formatCharsMax = 8_192;

/** Every format that is checked; others, and `binary` and `password`, say nothing that can be. */
export const formats: Readonly<Record<string, Format>> = {
  // Many clients write a date with its time, which makes it no other kind of value.
  date: text((value) => isDate(value) || isDateTime(value)),
  time: text(isTime),
  "date-time": text(isDateTime),
  uuid: text((value) => uuid.test(value)),
  email: text(isEmail),
  "idn-email": text(isEmail),
  hostname: text(isHostname),
  ipv4: text(isIPv4),
  ipv6: text(isIPv6),
  ip: text((value) => isIP(value) !== 0),
  uri: text((value) => hasScheme.test(value) && URL.canParse(value)),
  url: text((value) => hasScheme.test(value) && URL.canParse(value)),
  byte: text(isBase64),
  int32: number((value) => Number.isInteger(value) && value >= -(2 ** 31) && value < 2 ** 31),
  int64: number((value) => Number.isInteger(value) && Math.abs(value) <= 2 ** 63),
  float: number((value) => Number.isFinite(value) && Math.abs(value) <= floatMax),
  double: number(Number.isFinite),
};

const floatMax = 3.402_823_466_385_288_6e38;
const uuid = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;
const hasScheme = /^[A-Za-z][A-Za-z0-9+.-]*:/;
const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/;
const timePattern = /^(\d\d):(\d\d):(\d\d)(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$/i;
const daysOfMonth: readonly number[] = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function text(check: (value: string) => boolean): Format {
  return {
    type: "string",
    validate: (value) => value.length <= formatCharsMax && check(value),
  };
}

function number(validate: (value: number) => boolean): Format {
  return { type: "number", validate };
}

/** RFC 3339 full-date. */
function isDate(value: string): boolean {
  const [, year, month, day] = (datePattern.exec(value) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 && isLeap ? 29 : daysOfMonth[month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

/** RFC 3339 full-time; the offset may be missing, as many honest clients leave it out. */
function isTime(value: string): boolean {
  const found = timePattern.exec(value);
  if (found === null) return false;
  const [, hour, minute, second] = found;
  return Number(hour) <= 23 && Number(minute) <= 59 && Number(second) <= 60;
}

function isDateTime(value: string): boolean {
  const separator = value.charAt(10);
  if (separator !== "T" && separator !== "t" && separator !== " ") return false;
  return isDate(value.slice(0, 10)) && isTime(value.slice(11));
}

/** One `@` with something before it, and a host behind; the mailbox is the mail server's affair. */
function isEmail(value: string): boolean {
  const at = value.lastIndexOf("@");
  if (at < 1 || at > 64 || value.length > 320) return false;
  const local = value.slice(0, at);
  const isQuoted = local.startsWith('"') && local.endsWith('"');
  if (!isQuoted && /[\s"(),:;<>@[\\\]]/.test(local)) return false;
  const domain = value.slice(at + 1);
  if (domain.startsWith("[")) return domain.endsWith("]");
  return isHostname(domain) || /^[^\s@<>"'()]+\.[^\s@<>"'().]+$/u.test(domain.slice(0, 255));
}

/** RFC 1123: labels of letters, digits and hyphens, at most 63 long. */
function isHostname(value: string): boolean {
  if (value.length === 0 || value.length > 253) return false;
  return value.split(".").every((label) => {
    if (label.length === 0 || label.length > 63) return false;
    if (label.startsWith("-") || label.endsWith("-")) return false;
    return /^[A-Za-z0-9-]+$/.test(label);
  });
}

/** RFC 4648, either alphabet, with or without padding and line ends. */
function isBase64(value: string): boolean {
  return /^[A-Za-z0-9+/_\-\r\n]*={0,2}$/.test(value.trimEnd());
}
