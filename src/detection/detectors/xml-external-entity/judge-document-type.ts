import type { Confidence } from "../../../model/detection.ts";
import type { DocumentType, Entity } from "./document-type.ts";
import { expandedCharsOf } from "./expansion.ts";

/** How dangerous a declaration is to the parser that reads it. */
export interface DeclarationSign {
  readonly confidence: Confidence;
  readonly what: string;
}

/** More characters from entities than honest documents declare. */
const expandedCharsHonestMax = 20_000;

/** Judges a declaration; undefined for those of HTML and of well-known formats. */
export function judgeDocumentType({
  external,
  entities,
}: DocumentType): DeclarationSign | undefined {
  for (const entity of entities) {
    const sign = judgeEntity(entity);
    if (sign !== undefined) return sign;
  }
  if (expandedCharsOf(entities) > expandedCharsHonestMax) {
    return {
      confidence: "high",
      what: "declares entities that expand to more than a parser can hold",
    };
  }
  if (external !== undefined) return judgeExternal(external);
  if (entities.length === 0) return undefined;
  return { confidence: "low", what: "declares entities of its own" };
}

function judgeEntity({ name, isParameter, external, text }: Entity): DeclarationSign | undefined {
  if (external !== undefined) {
    return {
      confidence: "high",
      what: `makes the parser load "${external.slice(0, 80)}" as the entity "${name}"`,
    };
  }
  if (!isParameter) return undefined;
  const declares = text.includes("<!") || text.includes("&#") || text.includes("%");
  return declares
    ? { confidence: "high", what: `builds further declarations out of the entity "${name}"` }
    : { confidence: "medium", what: `declares the parameter entity "${name}"` };
}

/** Publishers of the document types that honest documents name. */
const knownHosts: readonly string[] = [
  "w3.org/",
  "apple.com/",
  "oasis-open.org/",
  "docbook.org/",
  "java.sun.com/",
  "hibernate.org/",
  "mybatis.org/",
  "springframework.org/",
  "jboss.org/",
  "openebook.org/",
  "daisy.org/",
  "puppycrawl.com/",
  "checkstyle.org/",
  "xml.org/",
];

function judgeExternal(address: string): DeclarationSign | undefined {
  if (address === "" || address.startsWith("about:legacy-compat")) return undefined;
  const rest = address.slice(address.indexOf("://") + 3).replace("www.", "");
  if (address.startsWith("http") && knownHosts.some((host) => rest.startsWith(host)))
    return undefined;
  const isRemote = address.includes(":") || address.startsWith("//") || address.startsWith("\\\\");
  const what = `makes the parser load "${address.slice(0, 80)}" as part of the declaration`;
  return { confidence: isRemote ? "high" : "low", what };
}
