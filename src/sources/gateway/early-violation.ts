import type { GatewayLimits } from "./gateway-options.ts";
import { isToken } from "./http-characters.ts";
import { headTooLong, targetTooLong } from "./own-refusals.ts";
import { type Violation, violation } from "./violation.ts";

const LF = 0x0a;
const CR = 0x0d;

/** Room in the request line for method, version and spaces. */
const LINE_EXTRA_BYTES = 64;

/** What is already wrong with a head that is not complete, so that nobody waits for its end. */
export function findEarlyViolation(
  unread: Buffer,
  limits: Pick<GatewayLimits, "headerBytesMax" | "requestTargetBytesMax">,
): Violation | undefined {
  const first = unread[0] ?? 0;
  if (first !== CR && !isToken(String.fromCharCode(first))) {
    return violation("invalid-request-line", "The connection does not begin with an HTTP request.");
  }
  const lineEnd = unread.indexOf(LF);
  if (lineEnd < 0 && unread.length > limits.requestTargetBytesMax + LINE_EXTRA_BYTES) {
    return targetTooLong;
  }
  for (let at = lineEnd; at >= 0; at = unread.indexOf(LF, at + 1)) {
    if (unread[at - 1] !== CR) {
      return violation("bare-lf", "A line feed stands alone in the head.");
    }
  }
  return unread.length > limits.headerBytesMax ? headTooLong : undefined;
}
