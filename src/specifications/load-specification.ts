import { readFile } from "node:fs/promises";
import { MerlonError } from "../model/merlon-error.ts";
import { readOpenApi } from "./openapi-import.ts";
import type { Specification } from "./specification.ts";
import { parseSpecificationText } from "./specification-text.ts";

/** Reads an OpenAPI 3.x or 2.0 file, YAML or JSON. Throws ERR_SPECIFICATION_INVALID with line and pointer. */
export async function loadSpecification(path: string): Promise<Specification> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    throw new MerlonError("ERR_INPUT_UNREADABLE", `cannot read ${path}`, {
      cause,
      fix: "Give the path of an OpenAPI file (YAML or JSON).",
    });
  }
  return readOpenApi(parseSpecificationText(text, path));
}
