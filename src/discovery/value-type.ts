/** The type of a value in a query, header, cookie, form or JSON string, as people would declare it. */
export type ValueType =
  | "integer"
  | "number"
  | "boolean"
  | "null"
  | "uuid"
  | "date"
  | "date-time"
  | "email"
  | "ip"
  | "uri"
  | "array"
  | "object"
  | "string";

const valueLengthMax = 320;

/** Reads a text; long ones are always plain strings. */
export function typeOfText(text: string): ValueType {
  const length = text.length;
  if (length === 0 || length > valueLengthMax) return "string";
  const first = text.charCodeAt(0);
  const mayBeNumber = (first >= 48 && first <= 57) || first === 45;
  if (mayBeNumber) {
    if (/^-?(?:0|[1-9]\d{0,18})$/.test(text)) return "integer";
    if (/^-?(?:0|[1-9]\d{0,18})\.\d{1,18}$/.test(text)) return "number";
  }
  if (text === "true" || text === "false") return "boolean";
  for (const [type, lengthMin, pattern] of patterns) {
    if (length >= lengthMin && pattern.test(text)) return type;
  }
  return "string";
}

export function typeOfJson(value: unknown): ValueType {
  switch (typeof value) {
    case "string":
      return typeOfText(value) === "boolean" || isNumeric(value) ? "string" : typeOfText(value);
    case "number":
      return Number.isInteger(value) ? "integer" : "number";
    case "boolean":
      return "boolean";
    default:
      if (value === null) return "null";
      return Array.isArray(value) ? "array" : "object";
  }
}

/** A number in a JSON string is a string by declaration. */
function isNumeric(text: string): boolean {
  const type = typeOfText(text);
  return type === "integer" || type === "number";
}

/** The one type that holds both. */
export function commonType(left: ValueType, right: ValueType): ValueType {
  if (left === right) return left;
  const pair = new Set([left, right]);
  if (pair.has("integer") && pair.has("number")) return "number";
  return "string";
}

const patterns: readonly (readonly [ValueType, number, RegExp])[] = [
  ["uuid", 36, /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i],
  ["date", 10, /^\d{4}-\d\d-\d\d$/],
  [
    "date-time",
    16,
    /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d\d:?\d\d)?$/,
  ],
  ["email", 6, /^[^@\s]{1,64}@[^@\s.]{1,63}(?:\.[^@\s.]{1,63}){1,8}$/],
  ["ip", 7, /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}$/],
  ["uri", 8, /^[a-z][a-z0-9+.-]{1,20}:\/\/\S+$/i],
];
