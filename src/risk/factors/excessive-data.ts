import type { RiskFactor } from "../risk-factor.ts";

const classesMin = 4;

/** Responses that hand out whole records. */
export const excessiveData: RiskFactor = {
  id: "excessive-data",
  summary: "Responses carry many classes of sensitive data at once.",
  remedy:
    "Define a response type for this endpoint with only the fields its clients use, and let the service fill that instead of whole records.",
  references: ["API3:2023", "API3:2019", "CWE-213"],

  assess({ sensitiveData }) {
    const places = sensitiveData.filter((place) => place.in === "response");
    const classes = [...new Set(places.map((place) => place.class))];
    if (classes.length < classesMin) return undefined;
    const sum = places.reduce((total, place) => total + place.confidence, 0);
    return {
      seen: places.reduce((total, place) => total + place.samples, 0),
      strength: Math.min(1, classes.length / (classesMin * 2)),
      confidence: sum / places.length,
      evidence: `Responses carried ${classes.length} classes of sensitive data in ${places.length} fields: ${classes.join(", ")}.`,
    };
  },
};
