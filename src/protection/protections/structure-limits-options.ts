import { z } from "zod";
import type { Mode } from "../../model/decision.ts";
import { modeOption } from "../mode-options.ts";

export interface StructureLimitsOptions {
  readonly mode?: Mode;
  readonly json: {
    readonly depthMax: number;
    readonly objectKeysMax: number;
    readonly arrayItemsMax: number;
    readonly nodesMax: number;
    readonly stringCharsMax: number;
    readonly numberCharsMax: number;
    readonly duplicateKeys: "allow" | "block";
  };
  readonly xml: {
    readonly depthMax: number;
    readonly elementsMax: number;
    readonly attributesMax: number;
    readonly textCharsMax: number;
    readonly doctype: "allow" | "block";
  };
}

const limit = (most: number, meaning: string) => z.int().min(1).default(most).describe(meaning);
const forbidden = (meaning: string) =>
  z.enum(["allow", "block"]).default("block").describe(meaning);

const json = z.strictObject({
  depthMax: limit(50, "Deepest nesting of objects and arrays."),
  objectKeysMax: limit(1_000, "Most keys of one object."),
  arrayItemsMax: limit(10_000, "Most elements of one array."),
  nodesMax: limit(50_000, "Most keys and values of a document."),
  stringCharsMax: limit(1_048_576, "Longest string, in characters as written."),
  numberCharsMax: limit(100, "Longest number, in characters."),
  duplicateKeys: forbidden(
    "A key that stands twice in one object: servers differ on which counts.",
  ),
});

const xml = z.strictObject({
  depthMax: limit(50, "Deepest nesting of elements."),
  elementsMax: limit(10_000, "Most elements of a document."),
  attributesMax: limit(50, "Most attributes of one element."),
  textCharsMax: limit(1_048_576, "Longest text or attribute value, in characters."),
  doctype: forbidden("A document type declaration, with which entity attacks begin."),
});

/** Options of the protection `structure-limits`. */
export const structureLimitsOptions: z.ZodType<StructureLimitsOptions> = z
  .strictObject({
    mode: modeOption.exactOptional(),
    json: json.prefault({}).describe("JSON bodies."),
    xml: xml.prefault({}).describe("XML bodies."),
  })
  .describe(
    "Refuses JSON and XML of a structure that exhausts parsers or that they read differently.",
  );
