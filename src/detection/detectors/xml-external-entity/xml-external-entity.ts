import type { Field } from "../../../model/field.ts";
import { characterClass } from "../../character-classes.ts";
import type { Detector, Match } from "../../detector.ts";
import { proseWordsAround } from "../../languages/prose.ts";
import { documentTypeIn } from "./document-type.ts";
import { judgeDocumentType } from "./judge-document-type.ts";

/**
 * Finds XML that makes its parser load files or addresses, expand without end, include other
 * documents, or run a style sheet's code. Document types of HTML and well-known formats pass.
 */
export const xmlExternalEntity: Detector = {
  id: "xml-external-entity",
  summary:
    "XML whose document type loads files or addresses or expands without end, XInclude, and style sheets that run code.",
  requires: [
    characterClass.slash | characterClass.otherPunctuation,
    characterClass.lessThan | characterClass.colon,
  ],

  detect(field: Field): Match | undefined {
    const { value } = field;
    return judgeDeclaration(value) ?? judgeInclude(value) ?? judgeNamespace(field);
  },
};

const proseWordsMax = 5;

function judgeDeclaration(value: string): Match | undefined {
  const documentType = documentTypeIn(value);
  const sign = documentType && judgeDocumentType(documentType);
  if (documentType === undefined || sign === undefined) return undefined;
  const { start, end } = documentType;
  // What follows is the document, which may be a text itself.
  const before = { start, end: value.length };
  const isText = proseWordsAround(value, before, proseWordsMax) >= proseWordsMax;
  return {
    confidence: isText ? "low" : sign.confidence,
    start,
    end: Math.min(end, value.length),
    explanation: `The document type of this XML ${sign.what}.`,
  };
}

const includeSpace = "http://www.w3.org/2001/XInclude";

/** `<xi:include href="file:///etc/passwd"/>` written into a value. */
function judgeInclude(value: string): Match | undefined {
  const start = value.indexOf("<xi:include");
  if (start < 0 || !value.includes("href", start)) return undefined;
  return {
    confidence: "high",
    start,
    end: Math.min(value.length, start + 200),
    explanation:
      "XInclude puts another document, which the value names, into the one that is parsed.",
  };
}

/** Namespaces with which a style sheet calls functions of its host. */
const runningSpaces: readonly string[] = [
  "http://php.net/xsl",
  "http://xml.apache.org/xalan/java",
  "http://xml.apache.org/xslt/java",
  "http://saxon.sf.net/java-type",
  "urn:schemas-microsoft-com:xslt",
];
const styleSpace = "http://www.w3.org/1999/XSL/Transform";

/** XML as the body shows its namespaces as attributes; XML in a value shows them in its text. */
function judgeNamespace({ value, name, location }: Field): Match | undefined {
  const isAttribute = location === "body" && name.includes("/@xmlns");
  if (!isAttribute && !value.includes("xmlns")) return undefined;
  const space = runningSpaces.find((candidate) => value.includes(candidate));
  if (space !== undefined)
    return namespaceMatch(value, space, "high", "calls functions of the program that runs it");
  if (isAttribute && value === includeSpace) {
    return namespaceMatch(value, includeSpace, "medium", "may include other documents");
  }
  const loads =
    value.includes("document(") ||
    value.includes("unparsed-text(") ||
    value.includes("system-property(");
  if (!value.includes(styleSpace) || !loads) return undefined;
  return namespaceMatch(value, styleSpace, "medium", "loads other documents");
}

function namespaceMatch(
  value: string,
  space: string,
  confidence: "medium" | "high",
  what: string,
): Match {
  const start = value.indexOf(space);
  return {
    confidence,
    start,
    end: start + space.length,
    explanation: `XML with the namespace "${space}" ${what}.`,
  };
}
