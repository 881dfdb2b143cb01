import type { EndpointProfile } from "../../model/endpoint.ts";
import { fieldsOf } from "../learned-fields.ts";
import type { Assessed, RiskFactor } from "../risk-factor.ts";
import type { DocumentedFacts } from "../specification-facts.ts";
import { counted, sureness } from "./counting.ts";

const classesMin = 4;
const fieldsTold = 8;

/** Responses that hand out more than anybody agreed on. */
export const excessiveData: RiskFactor = {
  id: "excessive-data",
  summary: "Responses carry fields that nobody documented, or whole records.",
  remedy:
    "Define a response type for this endpoint with only the fields its clients use, and let the service fill that instead of whole records.",
  references: ["API3:2023", "API3:2019", "CWE-213"],

  assess(profile, surroundings) {
    const facts = surroundings.documented(profile);
    return facts?.response === undefined
      ? manyClasses(profile)
      : undocumentedFields(profile, facts);
  },
};

/** With a description to compare with: fields that it does not name. */
function undocumentedFields(
  profile: EndpointProfile,
  { response }: DocumentedFacts,
): Assessed | undefined {
  const excess = fieldsOf(profile.schemas.response).filter(
    ({ path }) => response?.includes(path) === false,
  );
  if (excess.length === 0) return undefined;
  const classes = new Map(
    profile.sensitiveData
      .filter((place) => place.in === "response")
      .map((place) => [place.name, place.class]),
  );
  const told = excess
    .toSorted((a, b) => Number(classes.has(b.path)) - Number(classes.has(a.path)))
    .slice(0, fieldsTold)
    .map(({ path }) => (classes.has(path) ? `${path} (${classes.get(path)})` : path));
  const sensitive = excess.filter(({ path }) => classes.has(path)).length;
  const samples = Math.max(...excess.map((field) => field.samples));
  const further = excess.length - told.length;
  return {
    strength: sensitive > 0 ? 1 : Math.min(0.6, 0.2 + 0.05 * excess.length),
    confidence: sureness(samples),
    seen: samples,
    evidence: `Responses carried ${counted(excess.length, "field")} that the specification does not name, ${sensitive} of them sensitive: ${told.join(", ")}${further > 0 ? `, and ${further} more` : ""}.`,
  };
}

/** Without one: so many classes of sensitive data at once that it looks like whole records. */
function manyClasses({ sensitiveData }: EndpointProfile): Assessed | undefined {
  const places = sensitiveData.filter((place) => place.in === "response");
  const classes = [...new Set(places.map((place) => place.class))];
  if (classes.length < classesMin) return undefined;
  const sum = places.reduce((total, place) => total + place.confidence, 0);
  return {
    strength: Math.min(1, classes.length / (classesMin * 2)),
    confidence: sum / places.length,
    seen: places.reduce((total, place) => total + place.samples, 0),
    evidence: `Responses carried ${classes.length} classes of sensitive data in ${places.length} fields: ${classes.join(", ")}.`,
  };
}
