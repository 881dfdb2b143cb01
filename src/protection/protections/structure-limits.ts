import { bodyKindOf } from "../../http/body-kind.ts";
import { decodedBodyOf } from "../../http/decompression.ts";
import { textOf } from "../../http/text-decoding.ts";
import type { Detection } from "../../model/detection.ts";
import { mediaTypeOf } from "../../model/exchange.ts";
import { allow, block, type Verdict } from "../../model/verdict.ts";
import type { ExchangeContext, Protection } from "../protection.ts";
import { defineProtection, type ProtectionFactory } from "./protection-definition.ts";
import { jsonStructureOf } from "./structure-limits/json-structure.ts";
import { xmlStructureOf } from "./structure-limits/xml-structure.ts";
import { type StructureLimitsOptions, structureLimitsOptions } from "./structure-limits-options.ts";

/** What a compressed body is looked at up to; `request-limits` refuses what expands further. */
const expandedBytesMax = 4_194_304;

/** Refuses JSON and XML of a structure that exhausts parsers or that they read differently. */
export const structureLimits: ProtectionFactory = defineProtection<StructureLimitsOptions>({
  id: "structure-limits",
  summary:
    "Bounds the structure of JSON and XML bodies: depth, keys, elements, lengths, declarations.",
  options: structureLimitsOptions,

  create(options): Protection {
    return {
      id: structureLimits.id,
      summary: structureLimits.summary,
      onRequestBody(context) {
        const excess = excessOf(context, options);
        return excess === undefined ? allow : verdictOf(context, excess);
      },
    };
  },
});

interface Excess {
  /** Permanent kebab-case id: `json-too-deep`. */
  readonly code: string;
  readonly problem: string;
}

function excessOf(context: ExchangeContext, options: StructureLimitsOptions): Excess | undefined {
  const { headers } = context.request;
  const wire = context.requestBody?.bytes;
  if (wire === undefined || wire.length === 0) return undefined;
  const kind = bodyKindOf(mediaTypeOf(headers));
  if (kind !== "json" && kind !== "xml" && kind !== "text") return undefined;
  const text = textOf(headers, decodedBodyOf(headers, wire, expandedBytesMax).bytes);
  if (/^\s{0,64}</.test(text)) {
    // Servers that go by the look of a body parse what says of itself that it is text.
    return kind === "text" && !looksLikeXml(text) ? undefined : xmlExcess(text, options.xml);
  }
  const isJson = kind === "json" || (kind === "text" && /^\s{0,64}[[{]/.test(text));
  return isJson ? jsonExcess(text, options.json) : undefined;
}

/** A text may begin with a tag; a document declares itself or is an envelope. */
function looksLikeXml(text: string): boolean {
  return /^\s{0,64}<(?:\?xml|!DOCTYPE|[\w.-]{0,40}:?Envelope)/i.test(text);
}

const jsonLimits = [
  ["depth", "depthMax", "json-too-deep", "levels of nesting"],
  ["objectKeys", "objectKeysMax", "json-too-many-keys", "keys of one object"],
  ["arrayItems", "arrayItemsMax", "json-too-many-items", "elements of one array"],
  ["nodes", "nodesMax", "json-too-many-nodes", "keys and values"],
  ["stringChars", "stringCharsMax", "json-string-too-long", "characters of one string"],
  ["numberChars", "numberCharsMax", "json-number-too-long", "characters of one number"],
] as const;

function jsonExcess(text: string, limits: StructureLimitsOptions["json"]): Excess | undefined {
  const structure = jsonStructureOf(text);
  for (const [key, option, code, words] of jsonLimits) {
    if (structure[key] > limits[option]) return over(code, words, structure[key], limits[option]);
  }
  if (structure.duplicateKey === undefined || limits.duplicateKeys === "allow") return undefined;
  return { code: "json-duplicate-key", problem: "a key stands twice in one object" };
}

const xmlLimits = [
  ["depth", "depthMax", "xml-too-deep", "levels of nesting"],
  ["elements", "elementsMax", "xml-too-many-elements", "elements"],
  ["attributes", "attributesMax", "xml-too-many-attributes", "attributes of one element"],
  ["textChars", "textCharsMax", "xml-text-too-long", "characters of one text"],
] as const;

function xmlExcess(text: string, limits: StructureLimitsOptions["xml"]): Excess | undefined {
  const structure = xmlStructureOf(text);
  if (structure.hasDoctype && limits.doctype === "block") {
    return { code: "xml-doctype", problem: "a document type declaration" };
  }
  for (const [key, option, code, words] of xmlLimits) {
    if (structure[key] > limits[option]) return over(code, words, structure[key], limits[option]);
  }
  return undefined;
}

function over(code: string, words: string, actual: number, most: number): Excess {
  return { code, problem: `${actual} ${words}, ${most} allowed` };
}

function verdictOf(context: ExchangeContext, { code, problem }: Excess): Verdict {
  const detection: Detection = {
    detector: code,
    confidence: "medium",
    location: "body",
    name: "$",
    part: "value",
    evidence: "",
    span: { start: 0, end: 0 },
    value: "",
    steps: [],
    explanation: `The body has ${problem}.`,
  };
  const detections = context.countedDetections([detection]);
  if (detections.length === 0) return allow;
  return block({ status: 400, reason: `body: ${problem}`, detections });
}
