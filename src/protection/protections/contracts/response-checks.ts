import type { ResponseHead } from "../../../model/exchange.ts";
import { mediaTypeOf } from "../../../model/exchange.ts";
import { bodyValueOf } from "./body-values.ts";
import { findMedia } from "./media-ranges.ts";
import type { MediaDescription } from "./operation-reader.ts";
import { isSecretName } from "./property-names.ts";
import { type ForeignProperty, foreignProperties } from "./property-review.ts";
import type { CalledOperation } from "./request-checks.ts";
import { jsonPathOf, shownValue, type Violation } from "./violation.ts";

/** What a response has that its description does not. */
export interface ResponseReview {
  readonly violations: readonly Violation[];
  /** The body without the properties that should not be there; undefined when it cannot be had. */
  readonly stripped?: () => Uint8Array;
}

const none: ResponseReview = { violations: [] };

/** Holds a JSON response to what its operation declares for the status. */
export function reviewResponse(
  response: ResponseHead,
  bytes: Uint8Array,
  called: CalledOperation,
): ResponseReview {
  const type = mediaTypeOf(response.headers);
  const media = type === undefined ? undefined : declaredMedia(called, response.status, type);
  if (type === undefined || media === undefined || !type.includes("json")) return none;
  const { api } = called;
  const read = bodyValueOf(
    { headers: response.headers, bytes },
    type,
    media.schema,
    api,
    "response",
  );
  if (!("value" in read)) return none;
  const place = { source: api.specification.source, pointer: media.pointer };
  const foreign = foreignProperties(read.value, media.schema, api.shapes, "response");
  const violations = foreign.map((property) => ({ ...foreignViolation(property), ...place }));
  const wrong = api.check(media.schema, "response")(read.value);
  if (wrong !== undefined) {
    const name = jsonPathOf(wrong.path);
    violations.push({
      id: "invalid-response",
      status: 502,
      confidence: "low",
      location: "body",
      name,
      part: "value",
      value: "",
      problem: `in the response ${name} ${wrong.message}`,
      ...place,
    });
  }
  return {
    violations,
    stripped() {
      for (const { parent, name } of foreign) delete (parent as Record<string, unknown>)[name];
      return Buffer.from(JSON.stringify(read.value));
    },
  };
}

function declaredMedia(
  { description }: CalledOperation,
  status: number,
  type: string,
): MediaDescription | undefined {
  const { responses } = description;
  const media =
    responses.get(String(status)) ??
    responses.get(`${Math.floor(status / 100)}XX`) ??
    responses.get("DEFAULT");
  return media === undefined ? undefined : findMedia(media, type);
}

function foreignViolation({
  path,
  name,
  kind,
  value,
}: ForeignProperty): Omit<Violation, "source" | "pointer"> {
  const isSensitive = kind === "write-only" || isSecretName(name);
  const shown = jsonPathOf(path);
  const why = kind === "write-only" ? "is write-only" : "is not declared";
  return {
    id: isSensitive ? "sensitive-response-property" : "undeclared-response-property",
    status: 502,
    confidence: isSensitive ? "high" : "low",
    location: "body",
    name: shown,
    part: "value",
    // The value is what must not get out, and decisions are read by people.
    value: isSensitive ? "" : shownValue(typeof value),
    problem: `in the response ${shown} ${why}`,
  };
}
