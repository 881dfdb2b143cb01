import type { z } from "zod";
import { Problem } from "./problem.ts";

/** The value as the schema describes it; a Problem that names the first wrong key otherwise. */
export function validated<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;

  const [issue] = result.error.issues;
  const key = issue?.path.join(".") ?? "";
  throw new Problem(400, `${key === "" ? "" : `${key}: `}${issue?.message ?? "Invalid request"}.`);
}

/** The query's parameters as the schema describes them; a repeated one counts once. */
export function validatedQuery<T>(schema: z.ZodType<T>, query: URLSearchParams): T {
  return validated(schema, Object.fromEntries(query));
}
