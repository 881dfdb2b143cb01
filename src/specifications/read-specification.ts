import { isRecord } from "../model/is-record.ts";
import { isIntrospection, readGraphqlIntrospection, readGraphqlSchema } from "./graphql-import.ts";
import { bundledOpenApi } from "./openapi-bundle.ts";
import { readOpenApi } from "./openapi-import.ts";
import { isPostmanCollection, readPostmanCollection } from "./postman-import.ts";
import type { Specification } from "./specification.ts";
import type { SpecificationFiles } from "./specification-files.ts";
import { parseSpecificationText, type SpecificationText } from "./specification-text.ts";
import { readWsdl } from "./wsdl-import.ts";

/**
 * Reads a description in any known format, told by its content: OpenAPI 3.x and 2.0, GraphQL schema or
 * introspection, WSDL 1.1, Postman collection. References to other files are followed only in `files`.
 * Throws ERR_SPECIFICATION_INVALID with the place of what is wrong.
 */
export async function readSpecification(
  text: string,
  source: string,
  files?: SpecificationFiles,
): Promise<Specification> {
  const plain = text.replace(/^\uFEFF/, "");
  if (/^\s*</.test(plain)) {
    const file = files?.root ?? { path: source, text };
    return await readWsdl({ ...file, text: plain }, source, files);
  }
  if (looksLikeSchema(plain)) return readGraphqlSchema(plain, source);
  const parsed = parseSpecificationText(plain, source);
  if (isIntrospection(parsed.root)) return readGraphqlIntrospection(parsed.root, source);
  if (isPostmanCollection(parsed.root)) return readPostmanCollection(parsed);
  return readOpenApi(await withFiles(parsed, files));
}

async function withFiles(
  text: SpecificationText,
  files: SpecificationFiles | undefined,
): Promise<SpecificationText> {
  return files === undefined || !isRecord(text.root) ? text : await bundledOpenApi(text, files);
}

const schemaStart =
  /^(?:extend\s+)?(?:schema|type|interface|union|enum|input|scalar|directive)\s+[@{\w]/;

/** Whether the first line that is no comment and no description begins a GraphQL definition. */
function looksLikeSchema(text: string): boolean {
  const afterDescriptions = text
    .slice(0, 65_536)
    .replaceAll(/"""[\s\S]*?"""/g, "")
    .replaceAll(/^\s*#.*$/gm, "")
    .replaceAll(/^\s*"[^"\n]*"\s*$/gm, "")
    .trimStart();
  return schemaStart.test(afterDescriptions);
}
