export type FieldLocation = "path" | "query" | "header" | "cookie" | "body";

/** One decoding of a value, named after what it undoes. */
export type Decoding =
  | "percent"
  | "plus"
  | "unicode-percent"
  | "html"
  | "base64"
  | "jwt"
  | "json"
  | "json-escape"
  | "form"
  | "utf-8-overlong"
  | "gzip"
  | "deflate"
  | "brotli"
  | "charset"
  | "xml"
  | "multipart"
  | "graphql";

/**
 * One client-controlled value: where it stood and what it says after decoding.
 * A value that hides another one (percent twice, base64, JSON in a string) yields a
 * further field whose `origin` is the outer one, so that a decision can show every step.
 */
export interface Field {
  readonly location: FieldLocation;
  /**
   * Query, header (lower case) or cookie name; for the path the segment's index from 0 (`"2"`);
   * for a body the JSON path (`$.items[0].name`), form name, or XML path (`/Envelope/Body/id`).
   */
  readonly name: string;
  readonly value: string;
  /** `name` when the value is itself a name that the client chose: a JSON key, a parameter name. */
  readonly part: "value" | "name";
  /** JSON numbers, booleans and null keep their type; everything else is a string. */
  readonly type: "string" | "number" | "boolean" | "null";
  /** The field this one was decoded from; missing on the first reading. */
  readonly origin?: Field;
  /** The step that led from `origin` (or from the bytes on the wire) to this value. */
  readonly decoding?: Decoding;
}

/** The decoding steps from the wire to this field, outermost first. */
export function decodingStepsOf(field: Field): readonly { decoding: Decoding; value: string }[] {
  const steps: { decoding: Decoding; value: string }[] = [];
  for (let at: Field | undefined = field; at !== undefined; at = at.origin) {
    if (at.decoding !== undefined) steps.unshift({ decoding: at.decoding, value: at.value });
  }
  return steps;
}

/** `query:id`, `body:$.items[0].name`, `body:$.a (name)`: how policy and people name a field. */
export function fieldKeyOf(field: Pick<Field, "location" | "name" | "part">): string {
  return `${field.location}:${field.name}${field.part === "name" ? " (name)" : ""}`;
}
