import { readSpecification } from "./read-specification.ts";
import type { Specification } from "./specification.ts";
import { openSpecificationFiles } from "./specification-files.ts";

/**
 * Reads a file that describes an API, with the files beside it that it refers to: OpenAPI, GraphQL,
 * WSDL or a Postman collection. Throws ERR_SPECIFICATION_INVALID with line and pointer.
 */
export async function loadSpecification(path: string): Promise<Specification> {
  const files = await openSpecificationFiles(path);
  return await readSpecification(files.root.text, path, files);
}
