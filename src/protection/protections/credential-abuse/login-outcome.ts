import type { ExchangeContext } from "../../protection.ts";
import type { LoginAttempt } from "./login-attempt.ts";

export type LoginOutcome = "success" | "failure" | "unknown";

/** With these a server says that the credentials were not right (RFC 6749 section 5.2: 400). */
const failures: ReadonlySet<number> = new Set([400, 401, 403, 404, 422]);
/** Longer answers are no refusal. */
const readBytesMax = 16_384;

/** How a login ended, as its answer tells; a 200 may still say no in its body. */
export function loginOutcomeOf(
  { response, responseBody }: ExchangeContext,
  { isBasic }: Pick<LoginAttempt, "isBasic">,
): LoginOutcome {
  if (response === undefined) return "unknown";
  if (isBasic) return response.status === 401 ? "failure" : "success";
  if (failures.has(response.status)) return "failure";
  if (response.status >= 400) return "unknown";
  if (responseBody === undefined || responseBody.bytes.length > readBytesMax) return "success";
  return saysNo(Buffer.from(responseBody.bytes).toString("utf8")) ? "failure" : "success";
}

/** GraphQL puts errors beside the data; many others a flag. */
function saysNo(text: string): boolean {
  if (!text.trimStart().startsWith("{")) return false;
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer !== "object" || answer === null) return false;
    const { errors, success, error } = answer as Readonly<Record<string, unknown>>;
    if (Array.isArray(errors) && errors.length > 0) return true;
    return success === false || (typeof error === "string" && error !== "");
  } catch {
    return false;
  }
}
